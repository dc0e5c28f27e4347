using System.Text.Json;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Ingest;

/// <summary>Reads the identity (boot, seq, at) of each event; asks nothing else of it.</summary>
/// <remarks>A payload is one JSON object or an array of them. Allocates nothing for a good payload.</remarks>
public sealed class IdentityInspector : IEventInspector
{
    /// <summary>Events in one payload beyond this are a malformed payload: a device that stores and forwards sends more messages instead.</summary>
    public const int MaximumBatch = 1000;

    public void Inspect(DeviceKind kind, ReadOnlySpan<byte> message, ReadOnlySpan<byte> payload, ref EventFindings findings)
    {
        try
        {
            Read(payload, ref findings);
        }
        catch (JsonException e)
        {
            // The objects already found stay: the rest of the payload is quarantined as a whole.
            findings.Quarantine(0, payload.Length, $"not JSON: {e.Message}");
        }
    }

    private static void Read(ReadOnlySpan<byte> payload, ref EventFindings findings)
    {
        var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = 16 });
        if (!reader.Read())
        {
            findings.Quarantine(0, payload.Length, "not JSON: empty payload");
            return;
        }

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadObject(ref reader, payload.Length, ref findings);
            // Reading on refuses what stands behind the object.
            reader.Read();
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            findings.Quarantine(0, payload.Length, $"expected an object or an array of objects, found {reader.TokenType}");
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                var start = (int)reader.TokenStartIndex;
                findings.Quarantine(start, (int)reader.BytesConsumed - start, $"expected an object in the array, found {reader.TokenType}");
                reader.Skip();
                continue;
            }

            if (findings.Count >= MaximumBatch)
            {
                findings.Quarantine((int)reader.TokenStartIndex, payload.Length - (int)reader.TokenStartIndex, $"more than {MaximumBatch} events in one message");
                return;
            }

            ReadObject(ref reader, payload.Length, ref findings);
        }

        if (findings.Count == 0)
        {
            findings.Quarantine(0, payload.Length, "an empty array");
        }
    }

    private static void ReadObject(ref Utf8JsonReader reader, int payloadLength, ref EventFindings findings)
    {
        var start = (int)reader.TokenStartIndex;
        var depth = reader.CurrentDepth;
        long boot = -1;
        long sequence = -1;
        long at = 0;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != depth + 1)
            {
                continue;
            }

            if (reader.ValueTextEquals("boot"u8))
            {
                boot = ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("seq"u8))
            {
                sequence = ReadNumber(ref reader);
            }
            else if (reader.ValueTextEquals("at"u8))
            {
                at = Math.Max(0, ReadNumber(ref reader));
            }
        }

        var length = Math.Min((int)reader.BytesConsumed, payloadLength) - start;
        if (boot < 0 || sequence < 0)
        {
            findings.Quarantine(start, length, boot < 0 ? "boot is missing or not a number of 0 or more" : "seq is missing or not a number of 0 or more");
            return;
        }

        findings.Accept(start, length, boot, sequence, at);
    }

    private static long ReadNumber(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return -1;
        }

        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value))
        {
            return value;
        }

        // An object or array as a value: the loop above skips it by depth.
        return -1;
    }
}
