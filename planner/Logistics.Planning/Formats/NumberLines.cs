using System.Globalization;

namespace Logistics.Planning.Formats;

/// <summary>Whitespace-separated lines of a benchmark file, read with line numbers; faults are collected, not thrown.</summary>
internal sealed class NumberLines(string text)
{
    private static readonly char[] Blanks = [' ', '\t', '\r'];

    public List<string> Errors { get; } = [];

    /// <summary>Lines that are not blank.</summary>
    public List<TextLine> Lines { get; } = [.. text.Split('\n')
        .Select((line, index) => new TextLine(index + 1, line.Trim(), line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries)))
        .Where(line => line.Fields.Length > 0)];

    /// <summary>Numbers of a line; null (and a fault) unless there are at least <paramref name="count"/> and all are finite.</summary>
    public double[]? ReadNumbers(TextLine line, int count, string meaning)
    {
        if (line.Fields.Length < count)
        {
            Errors.Add($"Line {line.Number}: '{line.Text}' has {line.Fields.Length} fields, {meaning} needs {count}.");
            return null;
        }

        var numbers = new double[line.Fields.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (TryNumber(line.Fields[i], out numbers[i])) continue;
            Errors.Add($"Line {line.Number}: '{line.Fields[i]}' is not a finite number ({meaning}).");
            return null;
        }

        return numbers;
    }

    public static bool TryNumber(string field, out double number) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    public static bool IsNumber(string field) => TryNumber(field, out _);
}

internal sealed record TextLine(int Number, string Text, string[] Fields);
