using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Logistics.DeviceGateway.Meaning;

/// <summary>Where a text stands in the payload.</summary>
/// <param name="Copy">Index of its copy, when it had escapes; −1 otherwise.</param>
internal readonly record struct TextPlace(int Offset, int Length, int Copy);

/// <summary>The members of one JSON object as read: numbers, and places of texts. Nothing is copied but texts with escapes.</summary>
internal ref struct MessageFields
{
    private readonly ReadOnlySpan<byte> _payload;
    private TextPlaces _texts;
    private Numbers _numbers;
    private List<byte[]>? _copies;

    public MessageFields(ReadOnlySpan<byte> payload)
    {
        _payload = payload;
        Boot = Sequence = At = -1;
    }

    /// <summary>−1 until read.</summary>
    public long Boot { get; private set; }

    public long Sequence { get; private set; }

    /// <summary>Milliseconds of the Unix epoch, by the device's clock.</summary>
    public long At { get; private set; }

    /// <summary>Set of the fields that are there and not null.</summary>
    public ulong Present { get; private set; }

    /// <summary>The first thing found wrong; null for none.</summary>
    public string? Fault { get; set; }

    public readonly bool Has(Field field) => (Present & (1UL << (int)field)) != 0;

    public readonly double Number(Field field) => _numbers[(int)field];

    public readonly double? NumberOrNull(Field field) => Has(field) ? Number(field) : null;

    /// <summary>UTF-8; empty when it is not there.</summary>
    public readonly ReadOnlySpan<byte> Text(Field field)
    {
        if (!Has(field))
        {
            return default;
        }

        var place = _texts[(int)field];
        return place.Copy < 0 ? _payload.Slice(place.Offset, place.Length) : _copies![place.Copy];
    }

    public readonly string? TextOrNull(Field field) => Has(field) ? Encoding.UTF8.GetString(Text(field)) : null;

    public readonly bool Flag(Field field) => Number(field) != 0;

    /// <summary>Forgets everything, for the next object of a list.</summary>
    public void Clear()
    {
        Present = 0;
        Boot = Sequence = At = -1;
    }

    /// <summary>Takes the value the reader stands on.</summary>
    public void Take(Field field, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        var bit = 1UL << (int)field;
        if ((Present & bit) != 0)
        {
            // Which of the two would be believed is a matter of the parser; neither is.
            Fault ??= $"{Fields.NameOf(field)} is there twice";
        }

        switch (Fields.TypeOf(field))
        {
            case FieldType.Integer:
                TakeInteger(field, ref reader);
                break;
            case FieldType.Number:
                TakeNumber(field, ref reader);
                break;
            case FieldType.Flag:
                TakeFlag(field, ref reader);
                break;
            default:
                TakeText(field, ref reader);
                break;
        }

        Present |= bit;
    }

    /// <summary>Notes that a list was there; its elements are judged by who reads them.</summary>
    public void TakeList(Field field) => Present |= 1UL << (int)field;

    private void TakeInteger(Field field, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var value) || value < 0)
        {
            Fault ??= $"{Fields.NameOf(field)} is {Shown(ref reader)}; expected a whole number of 0 or more";
            return;
        }

        switch (field)
        {
            case Field.Boot:
                Boot = value;
                break;
            case Field.Sequence:
                Sequence = value;
                break;
            default:
                At = value;
                break;
        }
    }

    private void TakeNumber(Field field, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out var value) || !double.IsFinite(value))
        {
            Fault ??= $"{Fields.NameOf(field)} is {Shown(ref reader)}; expected a number";
            return;
        }

        _numbers[(int)field] = value;
    }

    private void TakeFlag(Field field, ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
        {
            Fault ??= $"{Fields.NameOf(field)} is {Shown(ref reader)}; expected true, false or null";
            return;
        }

        _numbers[(int)field] = reader.TokenType == JsonTokenType.True ? 1 : 0;
    }

    private void TakeText(Field field, ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            Fault ??= $"{Fields.NameOf(field)} is {Shown(ref reader)}; expected text";
            return;
        }

        var copy = -1;
        var length = reader.ValueSpan.Length;
        if (reader.ValueIsEscaped)
        {
            var unescaped = new byte[length];
            length = reader.CopyString(unescaped);
            Array.Resize(ref unescaped, length);
            _copies ??= [];
            copy = _copies.Count;
            _copies.Add(unescaped);
        }

        if (length == 0 || length > Fields.MaximumTextOf(field))
        {
            Fault ??= $"{Fields.NameOf(field)} has {length} bytes; expected 1 to {Fields.MaximumTextOf(field)}";
        }

        _texts[(int)field] = new TextPlace((int)reader.TokenStartIndex + 1, length, copy);
    }

    private static string Shown(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            return reader.TokenType == JsonTokenType.StartObject ? "an object" : "a list";
        }

        const int longest = 40;
        var value = reader.ValueSpan;
        var text = Encoding.UTF8.GetString(value.Length > longest ? value[..longest] : value);
        return reader.TokenType == JsonTokenType.String ? $"\"{text}\"" : text;
    }

    [InlineArray(Fields.Count)]
    private struct TextPlaces
    {
        private TextPlace _first;
    }

    [InlineArray(Fields.Count)]
    private struct Numbers
    {
        private double _first;
    }
}
