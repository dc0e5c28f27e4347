using System.Globalization;
using System.Text.Json;

namespace Logistics.Planning.Formats.Json;

/// <summary>One JSON object being read: every wrong, missing or unknown field is collected with its path, none throws.</summary>
internal sealed class JsonReading
{
    private readonly JsonElement _element;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    // Other people's formats allow fields we do not know; ours does not.
    private readonly bool _isStrict;

    private JsonReading(JsonElement element, string path, List<string> errors, bool isStrict) => (_element, Path, Errors, _isStrict) = (element, path, errors, isStrict);

    public string Path { get; }

    public List<string> Errors { get; }

    /// <summary>Parses a text whose root must be an object, then builds from it; every error is collected.</summary>
    public static ReadResult<T> Read<T>(string text, Func<JsonReading, T?> build, bool isStrict = true)
        where T : class
    {
        var errors = new List<string>();
        if (LoneSurrogates.FindIn(text) is var half and >= 0) return ReadResult.Failed<T>($"Character {half + 1}: half of a surrogate pair is no text.");
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 64 });
            if (document.RootElement.ValueKind != JsonValueKind.Object) return ReadResult.Failed<T>($"The document is {Name(document.RootElement)}, an object is needed.");
            var value = build(new JsonReading(document.RootElement, "", errors, isStrict));
            return errors.Count > 0 || value is null ? new ReadResult<T>(null, errors) : ReadResult.Of(value);
        }
        catch (JsonException exception)
        {
            return ReadResult.Failed<T>($"Line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}: not valid JSON. {exception.Message}");
        }
    }

    public bool Has(string name) => TryGet(name, out _);

    public void Fail(string field, string why) => Errors.Add($"{PathOf(field)}: {why}");

    /// <summary>Reports every field nobody asked for; call it when the object is read.</summary>
    public void RefuseUnknown()
    {
        if (!_isStrict) return;
        foreach (var property in _element.EnumerateObject())
            if (!_known.Contains(property.Name)) Fail(property.Name, $"unknown field. Maybe one of: {string.Join(", ", _known)}.");
    }

    public int Int(string name, int otherwise = 0, int min = int.MinValue, int max = int.MaxValue) => (int)Long(name, otherwise, min, max);

    public int? FindInt(string name) => Has(name) ? Int(name) : null;

    public long? FindLong(string name) => Has(name) ? Long(name, 0) : null;

    public int RequireInt(string name) => Require(name) ? Int(name) : 0;

    public long Long(string name, long otherwise, long min = long.MinValue, long max = long.MaxValue)
    {
        if (!TryGet(name, out var value)) return otherwise;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= min && number <= max) return number;
        string range = min == long.MinValue && max == long.MaxValue ? "" : $" in [{min}, {max}]";
        Fail(name, $"{value.GetRawText()} is not a whole number{range}.");
        return otherwise;
    }

    public double Number(string name, double otherwise)
    {
        if (!TryGet(name, out var value)) return otherwise;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)) return number;
        Fail(name, $"{value.GetRawText()} is not a finite number.");
        return otherwise;
    }

    public bool Bool(string name, bool otherwise = false)
    {
        if (!TryGet(name, out var value)) return otherwise;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Fail(name, $"{value.GetRawText()} is neither true nor false.");
        return otherwise;
    }

    public string Text(string name, string otherwise = "")
    {
        if (!TryGet(name, out var value)) return otherwise;
        if (value.ValueKind == JsonValueKind.String) return value.GetString()!;
        Fail(name, $"{value.GetRawText()} is not a text.");
        return otherwise;
    }

    /// <summary>Whether the field is there and a number.</summary>
    public bool IsNumber(string name) => TryGet(name, out var value) && value.ValueKind == JsonValueKind.Number;

    /// <summary>Texts of an array.</summary>
    public List<string> Texts(string name) => ListRaw(name, (value, path) =>
    {
        if (value.ValueKind == JsonValueKind.String) return (true, value.GetString()!);
        Errors.Add($"{path}: {Name(value)}, a text is needed.");
        return (false, "");
    });

    public string RequireText(string name) => Require(name) ? Text(name) : "";

    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum
    {
        string text = Text(name);
        if (text.Length == 0) return otherwise;
        foreach (var value in Enum.GetValues<T>())
            if (string.Equals(text, JsonNamingPolicy.CamelCase.ConvertName(value.ToString()), StringComparison.Ordinal)) return value;
        Fail(name, $"'{text}' is not one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.");
        return otherwise;
    }

    public T? Find<T>(string name, Func<JsonReading, T> build)
        where T : class => TryGet(name, out var value) && Open(value, PathOf(name)) is { } child ? Finish(child, build) : null;

    public T Get<T>(string name, Func<JsonReading, T> build, T otherwise)
        where T : struct => TryGet(name, out var value) && Open(value, PathOf(name)) is { } child ? Finish(child, build) : otherwise;

    /// <summary>Objects of an array; empty when the field is absent.</summary>
    public List<T> List<T>(string name, Func<JsonReading, T> build) => ListRaw(name, (value, path) => Open(value, path) is { } child ? (true, Finish(child, build)) : (false, default!));

    /// <summary>Objects of an array in which null is allowed.</summary>
    public List<T?> ListOrNull<T>(string name, Func<JsonReading, T> build)
        where T : class => ListRaw<T?>(name, (value, path) => value.ValueKind == JsonValueKind.Null ? (true, null) : Open(value, path) is { } child ? (true, Finish(child, build)) : (false, null));

    public List<T> RequireList<T>(string name, Func<JsonReading, T> build) => Require(name) ? List(name, build) : [];

    public List<int> Ints(string name) => ListRaw(name, (value, path) =>
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)) return (true, number);
        Errors.Add($"{path}: {value.GetRawText()} is not a whole number.");
        return (false, 0);
    });

    public List<int>? FindInts(string name) => Has(name) ? Ints(name) : null;

    public List<long> Longs(string name) => ListRaw(name, (value, path) =>
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)) return (true, number);
        Errors.Add($"{path}: {value.GetRawText()} is not a whole number.");
        return (false, 0L);
    });

    public List<double> Numbers(string name) => ListRaw(name, (value, path) =>
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)) return (true, number);
        Errors.Add($"{path}: {value.GetRawText()} is not a finite number.");
        return (false, 0d);
    });

    /// <summary>Rows of whole numbers.</summary>
    public List<List<int>> IntRows(string name) => ListRaw(name, (value, path) =>
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var row = new List<int>(value.GetArrayLength());
            foreach (var cell in value.EnumerateArray())
            {
                if (cell.ValueKind == JsonValueKind.Number && cell.TryGetInt32(out int number)) row.Add(number);
                else Errors.Add($"{path}[{row.Count}]: {cell.GetRawText()} is not a whole number in [0, 2^31).");
            }

            return (true, row);
        }

        Errors.Add($"{path}: {Name(value)}, an array is needed.");
        return (false, null!);
    });

    /// <summary>Rows of numbers of any kind, such as coordinates or windows.</summary>
    public List<List<double>> NumberRows(string name) => ListRaw(name, (value, path) =>
    {
        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(c => c.ValueKind == JsonValueKind.Number)) return (true, value.EnumerateArray().Select(c => c.GetDouble()).ToList());
        Errors.Add($"{path}: {value.GetRawText()} is not an array of numbers.");
        return (false, null!);
    });

    /// <summary>Objects of an object, by field name.</summary>
    public Dictionary<string, T> Map<T>(string name, Func<JsonReading, T> build)
    {
        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var property in ListProperties(name))
            if (Open(property.Value, $"{PathOf(name)}.{property.Name}") is { } child) map[property.Name] = Finish(child, build);
        return map;
    }

    /// <summary>Whole numbers of an object, by field name.</summary>
    public Dictionary<string, int> IntMap(string name, int min, int max)
    {
        var map = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var property in ListProperties(name))
        {
            if (property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetInt32(out int number) && number >= min && number <= max) map[property.Name] = number;
            else Errors.Add($"{PathOf(name)}.{property.Name}: {property.Value.GetRawText()} is not a whole number in [{min}, {max}].");
        }

        return map;
    }

    private JsonElement.ObjectEnumerator ListProperties(string name)
    {
        if (!TryGet(name, out var value)) return default;
        if (value.ValueKind == JsonValueKind.Object) return value.EnumerateObject();
        Fail(name, $"{Name(value)}, an object is needed.");
        return default;
    }

    public bool Require(string name)
    {
        if (Has(name)) return true;
        Fail(name, "is missing.");
        return false;
    }

    public string PathOf(string field) => Path.Length == 0 ? field : $"{Path}.{field}";

    private List<T> ListRaw<T>(string name, Func<JsonElement, string, (bool IsRead, T Value)> read)
    {
        var list = new List<T>();
        if (!TryGet(name, out var value)) return list;
        if (value.ValueKind != JsonValueKind.Array)
        {
            Fail(name, $"{Name(value)}, an array is needed.");
            return list;
        }

        list.Capacity = value.GetArrayLength();
        int index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var (isRead, read1) = read(item, string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)}[{index++}]"));
            if (isRead) list.Add(read1);
        }

        return list;
    }

    private JsonReading? Open(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Object) return new JsonReading(value, path, Errors, _isStrict);
        Errors.Add($"{path}: {Name(value)}, an object is needed.");
        return null;
    }

    private static T Finish<T>(JsonReading child, Func<JsonReading, T> build)
    {
        var value = build(child);
        child.RefuseUnknown();
        return value;
    }

    // A null field counts as absent.
    private bool TryGet(string name, out JsonElement value)
    {
        _known.Add(name);
        return _element.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    private static string Name(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };
}
