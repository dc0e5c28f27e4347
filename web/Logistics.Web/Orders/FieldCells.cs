using System.Globalization;
using Logistics.Web.Hosting;

namespace Logistics.Web.Orders;

/// <summary>The cells of one row while they are read; collects what cannot be. Used once, by one thread.</summary>
internal sealed class FieldCells(IReadOnlyDictionary<string, string> cells)
{
    private readonly List<FieldProblem> _problems = [];

    public IReadOnlyList<FieldProblem> Problems => _problems;

    public string? Text(string name) => cells.TryGetValue(name, out var cell) ? FieldText.Clean(cell) : null;

    /// <summary>Without changing full-width characters, for names and addresses.</summary>
    public string? Raw(string name) => cells.TryGetValue(name, out var cell) && !string.IsNullOrWhiteSpace(cell) ? cell.Trim() : null;

    public T? Read<T>(string name, Func<string, T?> read, string expected) where T : struct
    {
        if (Text(name) is not { } text) return null;
        var value = read(text);
        if (value is null) Add(name, text, expected);
        return value;
    }

    /// <summary>Extensions behind 转 get a comma; the ".0" that programs put behind digits goes.</summary>
    public string? Phone(string name) => Text(name) is not { } text ? null
        : (text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text).Replace("转", ",", StringComparison.Ordinal).Replace("ext.", ",", StringComparison.OrdinalIgnoreCase);

    public bool? Boolean(string name) => Read<bool>(name, FieldText.FindBoolean, "是 or 否 (yes or no)");

    public double? Degrees(string name) => Read<double>(name, FieldText.FindDegrees, "degrees such as 116.4725");

    public double? Amount(string name) =>
        Read<double>(name, t => FieldText.TryAmount(t, out var a) ? a : null, "a number, with or without a unit such as kg or ml");

    /// <summary>A volume; three sides in its cell, "30*20*10", are taken for what they are.</summary>
    public double? Volume(string name) => Text(name)?.AsSpan().IndexOfAny("*×xX") >= 0 ? VolumeOfDimensions(name) : Amount(name);

    /// <summary>Volume of "30*20*10" in centimetres, or of "300*200*100mm".</summary>
    public double? VolumeOfDimensions(string name) => Read<double>(name, text =>
    {
        var isMillimetres = text.EndsWith("mm", StringComparison.OrdinalIgnoreCase);
        var parts = text.ToLowerInvariant().Replace("cm", "", StringComparison.Ordinal).Replace("mm", "", StringComparison.Ordinal).Split(['*', 'x', '×', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != 3) return null;
        var scale = isMillimetres ? 0.1 : 1;
        var product = 1.0;
        foreach (var part in parts)
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var side)) return null;
            product *= side * scale;
        }
        return double.IsFinite(product) ? product : null;
    }, "length × width × height, such as 30*20*10");

    /// <summary>A date, an instant or a window: with its year last it has an error of its own.</summary>
    public T? ReadTime<T>(string name, Func<string, T?> read, string expected) where T : struct
    {
        if (Text(name) is not { } text || !TimeText.IsYearLast(text)) return Read(name, read, expected);
        _problems.Add(new FieldProblem(name, Clip(text), "date.order", $"{name} \"{Clip(text)}\" has its year last, so day and month could be mistaken; write 2026-11-22."));
        return null;
    }

    /// <param name="why">What is wrong with the value, after its name.</param>
    public void Refuse(string name, string value, string rule, string why) => _problems.Add(new FieldProblem(name, Clip(value), rule, $"{name} \"{Clip(value)}\" {why}"));

    public void Add(string name, string value, string expected) => Refuse(name, value, "format", $"is not {expected}.");

    private static string Clip(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
