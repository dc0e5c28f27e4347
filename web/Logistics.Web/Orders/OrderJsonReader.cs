using System.Globalization;
using System.Text.Json;
using Logistics.Domain;
using Logistics.Web.Hosting;

namespace Logistics.Web.Orders;

/// <summary>Reads one order of the API. Wrong types are problems of their field, so that one bad value does not refuse the whole request.</summary>
public sealed class OrderJsonReader
{
    private readonly List<FieldProblem> _problems = [];

    /// <param name="partner">The caller's own partner, used where the order names none; null for staff.</param>
    public static DraftReading Read(JsonElement order, string? partner) => new OrderJsonReader().ReadOrder(order, partner);

    private DraftReading ReadOrder(JsonElement order, string? partner)
    {
        if (order.ValueKind != JsonValueKind.Object)
        {
            _problems.Add(new FieldProblem("", order.ValueKind.ToString(), "format", "An order must be a JSON object."));
            return new DraftReading(new OrderDraft { Partner = partner }, _problems, new Dictionary<string, string>(StringComparer.Ordinal));
        }
        var options = ReadOptions(order, out var lon, out var lat, out var datum);
        var draft = new OrderDraft
        {
            Partner = Text(order, "partner") ?? partner,
            Waybill = Text(order, "waybill"),
            Hub = Text(order, "hub"),
            Epc = Text(order, "epc"),
            Flow = Word<ParcelFlow>(order, "flow", "delivery or pickup"),
            Size = Word<SizeClass>(order, "sizeClass", "S, M, L or XL"),
            WeightGrams = Number(order, "weightGrams"),
            VolumeMillilitres = Number(order, "volumeMl"),
            Handling = Word<HandlingClass>(order, "handling", "normal, fresh, valuable, fragile, oversize, drug or prohibited"),
            IsDamaged = Boolean(order, "isDamaged"),
            Priority = (int?)Whole(order, "priority", 0, 100),
            ReleaseAt = Instant(order, "releaseAt"),
            PromiseStart = Instant(order, "promiseFrom"),
            PromiseEnd = Instant(order, "promiseUntil"),
            RecipientName = Text(order, "recipientName"),
            RecipientPhone = Text(order, "recipientPhone"),
            RecipientAddress = Text(order, "recipientAddress"),
            District = Text(order, "district"),
            Lon = Number(order, "lon") ?? lon,
            Lat = Number(order, "lat") ?? lat,
            Datum = Word<Datum>(order, "datum", "WGS84, GCJ02 or BD09") ?? datum,
            HasTerminalConsent = Boolean(order, "consentsToTerminal"),
            DesignatedTerminal = Text(order, "senderDesignatesTerminal"),
            HasSenderLockerAgreement = Boolean(order, "senderAgreesToLocker"),
            Options = options,
        };
        if (_problems.Count == 0) return new DraftReading(draft, _problems, EmptyFields);
        var fields = OrderFields.Write(draft);
        foreach (var problem in _problems.Where(p => p.Value is not null)) fields[problem.Field] = problem.Value!;
        return new DraftReading(draft, _problems, fields);
    }

    /// <summary>Stands for "as the draft says": good orders need no text form.</summary>
    public static IReadOnlyDictionary<string, string> EmptyFields { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    private List<OptionDraft>? ReadOptions(JsonElement order, out double? lon, out double? lat, out Datum? datum)
    {
        (lon, lat, datum) = (null, null, null);
        if (!order.TryGetProperty("options", out var list) || list.ValueKind == JsonValueKind.Null) return null;
        if (list.ValueKind != JsonValueKind.Array)
        {
            Add("options", list, "a list");
            return null;
        }
        var options = new List<OptionDraft>(list.GetArrayLength());
        foreach (var option in list.EnumerateArray())
        {
            var path = $"options[{options.Count.ToString(CultureInfo.InvariantCulture)}]";
            if (option.ValueKind != JsonValueKind.Object)
            {
                Add(path, option, "an object");
                continue;
            }
            var kind = Word<DeliveryKind>(option, "kind", "door or terminal", path);
            if (kind is not DeliveryKind.Terminal && lon is null)
            {
                lon = Number(option, "lon", path);
                lat = Number(option, "lat", path);
                datum = Word<Datum>(option, "datum", "WGS84, GCJ02 or BD09", path);
            }
            options.Add(new OptionDraft(kind, Text(option, "terminal", path), Instant(option, "from", path), Instant(option, "until", path), Whole(option, "preferenceFen", 0, long.MaxValue, path)));
        }
        return options;
    }

    private string? Text(JsonElement parent, string name, string? path = null)
    {
        if (!Has(parent, name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        // Waybills are often written as numbers; their digits are what is meant.
        if (value.ValueKind == JsonValueKind.Number) return value.GetRawText();
        Add(Path(path, name), value, "a text");
        return null;
    }

    private double? Number(JsonElement parent, string name, string? path = null)
    {
        if (!Has(parent, name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        Add(Path(path, name), value, "a number");
        return null;
    }

    private long? Whole(JsonElement parent, string name, long least, long most, string? path = null)
    {
        if (!Has(parent, name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most) return number;
        Add(Path(path, name), value, most == long.MaxValue ? "a whole number, 0 or more" : $"a whole number from {least} to {most}");
        return null;
    }

    private bool? Boolean(JsonElement parent, string name)
    {
        if (!Has(parent, name, out var value)) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Add(name, value, "true or false");
        return null;
    }

    private DateTimeOffset? Instant(JsonElement parent, string name, string? path = null)
    {
        if (!Has(parent, name, out var value)) return null;
        // TryGetDateTimeOffset takes the machine's zone for a time without offset; such a time is refused instead.
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 11 } text && text.AsSpan(11).IndexOfAny("Zz+-") > 0 && value.TryGetDateTimeOffset(out var at)) return at;
        Add(Path(path, name), value, "an instant with an offset, such as 2026-11-22T09:00:00Z");
        return null;
    }

    private T? Word<T>(JsonElement parent, string name, string expected, string? path = null) where T : struct, Enum
    {
        if (!Has(parent, name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && char.IsLetter(text[0])
            && Enum.TryParse<T>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var word) && Enum.IsDefined(word)) return word;
        Add(Path(path, name), value, expected);
        return null;
    }

    private static bool Has(JsonElement parent, string name, out JsonElement value) =>
        parent.TryGetProperty(name, out value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    private static string Path(string? path, string name) => path is null ? name : $"{path}.{name}";

    private void Add(string field, JsonElement value, string expected)
    {
        var raw = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (raw.Length > 80) raw = raw[..80] + "…";
        _problems.Add(new FieldProblem(field, raw, "format", $"{field} \"{raw}\" is not {expected}."));
    }
}
