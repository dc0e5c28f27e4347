using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Json;

/// <summary>The matrices profiles may name by index, read from the forms <see cref="MatrixPool"/> writes.</summary>
internal sealed class MatrixReading(JsonReading root)
{
    private readonly List<int[]> _matrices = [];
    private readonly Dictionary<int, ushort[]> _narrow = [];

    public MatrixReading ReadAll()
    {
        root.List("matrices", m =>
        {
            _matrices.Add(Read(m));
            return true;
        });
        return this;
    }

    /// <summary>The field's matrix: rows, or the index of a shared one.</summary>
    /// <param name="n">Rows of the matrix.</param>
    public int[] Get(JsonReading owner, string name, out int n)
    {
        var cells = owner.IsNumber(name) ? Shared(owner, name) : Square(owner, name);
        n = Size(cells);
        return cells;
    }

    /// <summary>As <see cref="Get"/>, in sixteen bits; profiles that name the same matrix share the array.</summary>
    public ushort[] GetNarrow(JsonReading owner, string name)
    {
        int index = owner.IsNumber(name) ? owner.Int(name) : -1;
        if (_narrow.TryGetValue(index, out var known)) return known;
        var narrow = Array.ConvertAll(Get(owner, name, out _), c => (ushort)Math.Clamp(c, 0, ushort.MaxValue));
        if (index >= 0) _narrow[index] = narrow;
        return narrow;
    }

    private int[] Shared(JsonReading owner, string name)
    {
        int index = owner.Int(name);
        if (index >= 0 && index < _matrices.Count) return _matrices[index];
        owner.Fail(name, $"{index} is not one of the {_matrices.Count} matrices read so far.");
        return [];
    }

    private int[] Read(JsonReading matrix)
    {
        if (matrix.Has("rows")) return Square(matrix, "rows");
        if (matrix.Has("of"))
        {
            double factor = matrix.Number("speedFactor", 1);
            if (factor > 0) return Array.ConvertAll(Shared(matrix, "of"), s => MatrixPool.Scale(s, factor));
            matrix.Fail("speedFactor", $"{factor} must be > 0.");
            return [];
        }

        int diagonal = Cell(matrix.Int("diagonal"));
        if (matrix.Has("upper")) return Mirror(matrix, "upper", matrix.IntRows("upper"), diagonal);
        if (matrix.Has("upperDigits")) return Mirror(matrix, "upperDigits", ReadDigits(matrix), diagonal);
        matrix.Fail("rows", "is missing. A matrix has rows, upper, upperDigits, or of and speedFactor.");
        return [];
    }

    private static List<List<int>> ReadDigits(JsonReading matrix)
    {
        var rows = matrix.Texts("upperDigits").ConvertAll(row => row.Select(c => MatrixPool.Digits.IndexOf(c, StringComparison.Ordinal)).ToList());
        int wrong = rows.FindIndex(row => row.Contains(-1));
        if (wrong >= 0) matrix.Fail($"upperDigits[{wrong}]", $"character {rows[wrong].IndexOf(-1) + 1} is not one of 0-9, A-Z, a-z.");
        return rows;
    }

    /// <summary>Row i of the upper triangle holds the cells right of the diagonal.</summary>
    private static int[] Mirror(JsonReading owner, string name, List<List<int>> rows, int diagonal)
    {
        int n = rows.Count;
        var cells = new int[n * n];
        for (int i = 0; i < n; i++)
        {
            cells[(i * n) + i] = diagonal;
            if (rows[i].Count != n - i - 1)
            {
                owner.Fail($"{name}[{i}]", $"has {rows[i].Count} cells, row {i} of {n} needs {n - i - 1}.");
                continue;
            }

            for (int j = i + 1; j < n; j++) cells[(i * n) + j] = cells[(j * n) + i] = Cell(rows[i][j - i - 1]);
        }

        return cells;
    }

    private static int[] Square(JsonReading owner, string name)
    {
        var rows = owner.IntRows(name);
        int n = rows.Count;
        var cells = new int[n * n];
        for (int i = 0; i < n; i++)
        {
            if (rows[i].Count != n)
            {
                owner.Fail($"{name}[{i}]", $"has {rows[i].Count} cells, a square matrix of {n} rows needs {n}.");
                continue;
            }

            for (int j = 0; j < n; j++) cells[(i * n) + j] = Cell(rows[i][j]);
        }

        return cells;
    }

    private static int Cell(int written) => written == -1 ? TravelProfile.Unreachable : written;

    private static int Size(int[] cells) => (int)Math.Sqrt(cells.Length);
}
