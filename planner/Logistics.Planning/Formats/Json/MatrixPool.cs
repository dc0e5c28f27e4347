using System.Text.Json;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Json;

/// <summary>Matrices of a problem, each written once in its shortest form; profiles name them by index.</summary>
/// <remarks>Forms: docs/formats.md. Equal contents share one entry, whatever array they lie in.</remarks>
internal sealed class MatrixPool
{
    /// <summary>Characters of small numbers: 0–61, one each.</summary>
    public const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private readonly Dictionary<object, int> _byArray = new(ReferenceEqualityComparer.Instance);
    private readonly List<(int[] Cells, (int Of, double SpeedFactor)? Scaled)> _matrices = [];

    public int Add(int[] cells) => Add(cells, () => cells);

    public int Add(byte[] cells) => Add(cells, () => Array.ConvertAll(cells, c => (int)c));

    public int Add(ushort[] cells) => Add(cells, () => Array.ConvertAll(cells, c => (int)c));

    /// <summary>Writes the list of matrices.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var (cells, scaled) in _matrices)
        {
            writer.WriteStartObject();
            int n = (int)Math.Sqrt(cells.Length);
            if (scaled is { } s)
            {
                writer.WriteNumber("of", s.Of);
                writer.WriteNumber("speedFactor", s.SpeedFactor);
            }
            else if (FindDiagonal(cells, n) is not { } diagonal)
            {
                WriteRows(writer, "rows", cells, n, 0);
            }
            else
            {
                if (diagonal != 0) writer.WriteNumber("diagonal", Cell(diagonal));
                if (cells.AsSpan().IndexOfAnyExceptInRange(0, Digits.Length - 1) >= 0) WriteRows(writer, "upper", cells, n, 1);
                else WriteDigits(writer, cells, n);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private int Add(object array, Func<int[]> read)
    {
        if (_byArray.TryGetValue(array, out int known)) return known;
        var cells = read();
        int same = _matrices.FindIndex(m => m.Cells.AsSpan().SequenceEqual(cells));
        if (same >= 0) return _byArray[array] = same;
        _matrices.Add((cells, FindScale(cells)));
        return _byArray[array] = _matrices.Count - 1;
    }

    /// <summary>An earlier matrix these cells are ⌈cell ÷ factor⌉ of, to the unit.</summary>
    private (int Of, double SpeedFactor)? FindScale(int[] cells)
    {
        for (int m = 0; m < _matrices.Count; m++)
        {
            var other = _matrices[m].Cells;
            if (_matrices[m].Scaled is not null || other.Length != cells.Length) continue;
            long sum = 0, otherSum = 0;
            for (int i = 0; i < cells.Length; i++)
            {
                if (cells[i] == TravelProfile.Unreachable || other[i] == TravelProfile.Unreachable) continue;
                sum += cells[i];
                otherSum += other[i];
            }

            if (sum == 0 || otherSum == 0) continue;
            double factor = Math.Round((double)otherSum / sum, 2);
            if (factor > 0 && IsScaled(cells, other, factor)) return (m, factor);
        }

        return null;
    }

    private static bool IsScaled(int[] cells, int[] other, double factor)
    {
        for (int i = 0; i < cells.Length; i++)
            if (cells[i] != Scale(other[i], factor)) return false;
        return true;
    }

    /// <summary>Seconds of a leg for a vehicle of another speed, rounded up.</summary>
    public static int Scale(int seconds, double speedFactor) => seconds == TravelProfile.Unreachable ? seconds : (int)Math.Min(1 << 30, Math.Ceiling(seconds / speedFactor));

    /// <summary>The one number on the diagonal of a symmetric matrix; null when it is neither.</summary>
    private static int? FindDiagonal(int[] cells, int n)
    {
        if (n == 0) return null;
        for (int i = 0; i < n; i++)
        {
            if (cells[(i * n) + i] != cells[0]) return null;
            for (int j = i + 1; j < n; j++)
                if (cells[(i * n) + j] != cells[(j * n) + i]) return null;
        }

        return cells[0];
    }

    private static void WriteRows(Utf8JsonWriter writer, string name, int[] cells, int n, int fromDiagonal)
    {
        writer.WriteStartArray(name);
        for (int i = 0; i < n; i++)
        {
            writer.WriteStartArray();
            for (int j = fromDiagonal == 0 ? 0 : i + fromDiagonal; j < n; j++) writer.WriteNumberValue(Cell(cells[(i * n) + j]));
            writer.WriteEndArray();
            writer.FlushWhenFull();
        }

        writer.WriteEndArray();
    }

    private static void WriteDigits(Utf8JsonWriter writer, int[] cells, int n)
    {
        writer.WriteStartArray("upperDigits");
        var row = new char[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++) row[j] = Digits[cells[(i * n) + j]];
            writer.WriteStringValue(row.AsSpan(i + 1));
            writer.FlushWhenFull();
        }

        writer.WriteEndArray();
    }

    private static int Cell(int value) => value == TravelProfile.Unreachable ? -1 : value;
}
