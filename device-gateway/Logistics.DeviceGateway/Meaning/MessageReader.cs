using System.Text.Json;
using Logistics.Domain.Codes;

namespace Logistics.DeviceGateway.Meaning;

/// <summary>Reads one message object into its fields: types, lengths, lists; the meaning of the values is judged by <see cref="MessageRules"/>.</summary>
/// <remarks>Reads to the object's end whatever is wrong, so that the events behind it are still found. Allocates only for what is wrong or collected.</remarks>
internal static class MessageReader
{
    public const int MaximumCompartments = 500;

    public const int MaximumTags = 1000;

    /// <param name="reader">Stands on the start of the object; on its end afterwards.</param>
    /// <param name="compartments">Takes the compartments of a snapshot; null to check only.</param>
    /// <param name="tags">Takes the tags of an inventory; null to check only.</param>
    public static void Read(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> payload, UpMessage message, DeviceProfile? profile, EpcPrefixes prefixes,
        ref MessageFields fields, List<CompartmentReading>? compartments = null, List<EpcTag>? tags = null)
    {
        var wanted = Fields.Of(message);
        while (TryNextMember(ref reader, wanted, ref fields, out var field))
        {
            if (Fields.TypeOf(field) != FieldType.List)
            {
                fields.Take(field, ref reader);
                continue;
            }

            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            if (reader.TokenType != JsonTokenType.StartArray || fields.Has(field))
            {
                fields.Fault ??= $"{Fields.NameOf(field)} must be one list";
                reader.Skip();
                continue;
            }

            fields.TakeList(field);
            if (field == Field.Compartments)
            {
                ReadCompartments(ref reader, payload, profile, ref fields, compartments);
            }
            else
            {
                ReadTags(ref reader, prefixes, ref fields, tags);
            }
        }
    }

    /// <summary>Moves to the value of the next member that is wanted.</summary>
    /// <returns>False at the object's end.</returns>
    private static bool TryNextMember(ref Utf8JsonReader reader, ulong wanted, ref MessageFields fields, out Field field)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            field = reader.ValueIsEscaped ? Field.None : Fields.Find(reader.ValueSpan);
            if (reader.ValueIsEscaped)
            {
                fields.Fault ??= "names of members must be written without escapes";
            }

            reader.Read();
            if (field != Field.None && (wanted & (1UL << (int)field)) != 0)
            {
                return true;
            }

            reader.Skip();
        }

        field = Field.None;
        return false;
    }

    private static void ReadCompartments(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload, DeviceProfile? profile, ref MessageFields message, List<CompartmentReading>? collect)
    {
        var one = new MessageFields(payload);
        Span<ulong> seen = stackalloc ulong[MaximumCompartments];
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject || count == MaximumCompartments)
            {
                message.Fault ??= count == MaximumCompartments ? $"a snapshot lists at most {MaximumCompartments} compartments" : "compartments must be a list of objects";
                reader.Skip();
                continue;
            }

            one.Clear();
            while (TryNextMember(ref reader, Fields.OfCompartment, ref one, out var field))
            {
                if (Fields.TypeOf(field) == FieldType.List)
                {
                    reader.Skip();
                    continue;
                }

                one.Take(field, ref reader);
            }

            var fault = one.Fault ?? MessageRules.FindCompartmentFault(one, profile);
            var hash = HashOf(one.Text(Field.Compartment));
            if (fault is null && seen[..count].Contains(hash))
            {
                fault = "it is listed twice";
            }

            if (fault is not null)
            {
                message.Fault ??= $"compartments[{count}] \"{one.TextOrNull(Field.Compartment)}\": {fault}";
                one.Fault = null;
            }

            seen[count++] = hash;
            collect?.Add(new CompartmentReading(
                one.TextOrNull(Field.Compartment) ?? "",
                WireNames.Size(one.Text(Field.Size)),
                WireNames.Door(one.Text(Field.Door)) ?? Domain.DoorState.Unknown,
                one.Has(Field.Occupied) ? one.Flag(Field.Occupied) : null,
                WireNames.Service(one.Text(Field.Service)),
                one.TextOrNull(Field.Parcel)));
        }
    }

    private static void ReadTags(ref Utf8JsonReader reader, EpcPrefixes prefixes, ref MessageFields message, List<EpcTag>? collect)
    {
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            string? fault;
            EpcTag tag = default;
            if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped)
            {
                fault = "expected 24 hex digits";
                reader.Skip();
            }
            else if (EpcTag.TryDecode(reader.ValueSpan, out tag, out fault) && !prefixes.Contains(tag))
            {
                fault = $"foreign EPC {tag.ToUri()}: its company prefix is none of this network";
            }

            if (fault is null && count >= MaximumTags)
            {
                fault = $"an inventory lists at most {MaximumTags} tags";
            }

            if (fault is not null)
            {
                message.Fault ??= $"epcs[{count}]: {fault}";
            }

            count++;
            collect?.Add(tag);
        }
    }

    // FNV-1a: two labels of one cabinet with the same 64 bits do not occur.
    private static ulong HashOf(ReadOnlySpan<byte> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in text)
        {
            hash = (hash ^ value) * 1099511628211UL;
        }

        return hash;
    }
}
