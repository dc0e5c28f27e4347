using Logistics.Routing.Model;

namespace Logistics.Planning.Formats;

/// <summary>Distances of a VRPLIB file: Euclidean, or one of TSPLIB's explicit matrix layouts.</summary>
internal static class VrplibTravel
{
    public static TravelProfile? Read(VrplibFile file, int dimension, VrplibConvention convention, List<double[]>? points)
    {
        string type = file.FindText("EDGE_WEIGHT_TYPE")?.ToUpperInvariant() ?? "EUC_2D";
        switch (type)
        {
            case "EXPLICIT": return ReadMatrix(file, dimension);
            case "EUC_2D" or "CEIL_2D" or "FLOOR_2D" when points is not null:
                var rounding = type switch { "CEIL_2D" => PlaneRounding.Ceiling, "FLOOR_2D" => PlaneRounding.Truncate, _ => convention.Rounding };
                return new EuclideanTravel([.. points.Select(p => p[0])], [.. points.Select(p => p[1])], convention.Scale, rounding);
            case "EUC_2D" or "CEIL_2D" or "FLOOR_2D":
                file.Errors.Add("NODE_COORD_SECTION is missing.");
                return null;
            default:
                file.Errors.Add($"EDGE_WEIGHT_TYPE: '{type}' is not one of EUC_2D, CEIL_2D, FLOOR_2D, EXPLICIT.");
                return null;
        }
    }

    private static MatrixTravel? ReadMatrix(VrplibFile file, int n)
    {
        string format = file.FindText("EDGE_WEIGHT_FORMAT")?.ToUpperInvariant() ?? "FULL_MATRIX";
        var numbers = file.ListNumbers("EDGE_WEIGHT_SECTION");
        var cells = ListCells(format, n);
        if (cells is null)
        {
            file.Errors.Add($"EDGE_WEIGHT_FORMAT: '{format}' is not one of FULL_MATRIX, LOWER_ROW, LOWER_DIAG_ROW, UPPER_ROW, UPPER_DIAG_ROW.");
            return null;
        }

        // Not counted one by one: a dimension may be written that no file could fill.
        long expected = CountCells(format, n);
        if (numbers.Count != expected)
        {
            file.Errors.Add($"EDGE_WEIGHT_SECTION has {numbers.Count} numbers, {format} of dimension {n} needs {expected}.");
            return null;
        }

        var matrix = new int[n * n];
        int next = 0;
        foreach (var (row, column) in cells)
        {
            double value = numbers[next++];
            if (value < 0 || value > TimeWindow.Horizon) file.Errors.Add($"EDGE_WEIGHT_SECTION: {value} from {row + 1} to {column + 1} is not in [0, 2^30].");
            int weight = row == column ? 0 : (int)Math.Round(value);
            matrix[(row * n) + column] = weight;
            if (format != "FULL_MATRIX") matrix[(column * n) + row] = weight;
        }

        return new MatrixTravel(n, matrix, matrix);
    }

    private static long CountCells(string format, long n) => format switch
    {
        "FULL_MATRIX" => n * n,
        "LOWER_ROW" or "UPPER_ROW" => n * (n - 1) / 2,
        _ => n * (n + 1) / 2,
    };

    private static IEnumerable<(int Row, int Column)>? ListCells(string format, int n)
    {
        // Bounds of the columns a row lists.
        Func<int, (int From, int Until)>? columns = format switch
        {
            "FULL_MATRIX" => _ => (0, n),
            "LOWER_ROW" => row => (0, row),
            "LOWER_DIAG_ROW" => row => (0, row + 1),
            "UPPER_ROW" => row => (row + 1, n),
            "UPPER_DIAG_ROW" => row => (row, n),
            _ => null,
        };
        return columns is null ? null : Enumerable.Range(0, n).SelectMany(row => Enumerable.Range(columns(row).From, columns(row).Until - columns(row).From).Select(column => (row, column)));
    }
}
