using System.Globalization;

namespace Logistics.Planning.Formats;

/// <summary>A VRPLIB/CVRPLIB/TSPLIB text cut into its specifications and sections; nothing is interpreted yet.</summary>
internal sealed class VrplibFile
{
    private readonly Dictionary<string, string> _specifications = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<TextLine>> _sections = new(StringComparer.OrdinalIgnoreCase);
    private readonly NumberLines _lines;

    public VrplibFile(string text)
    {
        _lines = new NumberLines(text);
        List<TextLine>? section = null;
        foreach (var line in _lines.Lines)
        {
            if (line.Text.Equals("EOF", StringComparison.OrdinalIgnoreCase)) break;
            string head = line.Text.TrimEnd(':').TrimEnd();
            int colon = line.Text.IndexOf(':', StringComparison.Ordinal);
            if (head.EndsWith("_SECTION", StringComparison.OrdinalIgnoreCase)) _sections[head] = section = [];
            else if (colon > 0 && char.IsLetter(line.Text[0])) _specifications[line.Text[..colon].Trim()] = line.Text[(colon + 1)..].Trim();
            else if (section is not null) section.Add(line);
            else Errors.Add($"Line {line.Number}: '{line.Text}' is neither 'KEY: value' nor part of a section.");
        }
    }

    public List<string> Errors => _lines.Errors;

    public static bool Recognises(string text) => text.Contains("_SECTION", StringComparison.OrdinalIgnoreCase) && text.Contains("DIMENSION", StringComparison.OrdinalIgnoreCase);

    public string? FindText(string key) => _specifications.GetValueOrDefault(key);

    public bool HasSection(string name) => _sections.ContainsKey(name);

    public int CountRows(string section) => _sections.GetValueOrDefault(section, []).Count;

    public double? FindNumber(string key)
    {
        if (FindText(key) is not { } text) return null;
        if (NumberLines.TryNumber(text, out double number)) return number;
        Errors.Add($"{key}: '{text}' is not a finite number.");
        return null;
    }

    /// <summary>All numbers of a section in reading order; empty when it is absent.</summary>
    public List<double> ListNumbers(string name)
    {
        var numbers = new List<double>();
        foreach (var line in _sections.GetValueOrDefault(name, []))
            if (_lines.ReadNumbers(line, 0, name) is { } row) numbers.AddRange(row);
        return numbers;
    }

    /// <summary>Rows of a section without their leading index, which must count 1, 2, …, <paramref name="count"/>; null when it is absent or wrong.</summary>
    public List<double[]>? FindRows(string name, int count, int columns)
    {
        if (!_sections.TryGetValue(name, out var lines)) return null;
        if (lines.Count != count)
        {
            Errors.Add($"{name} has {lines.Count} rows, {count} are needed.");
            return null;
        }

        var rows = new List<double[]>(count);
        for (int i = 0; i < count; i++)
        {
            if (_lines.ReadNumbers(lines[i], columns + 1, name) is not { } row) return null;
            if (row[0] != i + 1)
            {
                Errors.Add($"Line {lines[i].Number}: {name} row {i + 1} begins with {row[0].ToString(CultureInfo.InvariantCulture)}.");
                return null;
            }

            rows.Add(row[1..]);
        }

        return rows;
    }

    /// <summary>One number per index: from the section, or the same specification for all, or the default.</summary>
    public double[] ListColumn(string section, string? specification, int count, double otherwise)
    {
        if (FindRows(section, count, 1) is { } rows) return [.. rows.Select(row => row[0])];
        double value = (specification is null ? null : FindNumber(specification)) ?? otherwise;
        return [.. Enumerable.Repeat(value, count)];
    }
}
