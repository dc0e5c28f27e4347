using System.Text.Json;

namespace Logistics.DeviceGateway.Ingest;

/// <summary>Judges one JSON object of a payload.</summary>
internal interface IObjectJudge
{
    /// <summary>Reads on from the object's start to its end, and adds one finding.</summary>
    /// <param name="reader">Stands on the object's start; must stand on its end afterwards.</param>
    void Judge(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload, ref EventFindings findings);
}

/// <summary>Walks a payload, which is one JSON object or an array of them; a judge reads each.</summary>
internal static class PayloadObjects
{
    /// <summary>Events in one payload beyond this are a malformed payload: a device that stores and forwards sends more messages instead.</summary>
    public const int MaximumBatch = 1000;

    private const int MaximumDepth = 16;

    public static void Walk<TJudge>(ReadOnlySpan<byte> payload, ref TJudge judge, ref EventFindings findings)
        where TJudge : struct, IObjectJudge
    {
        try
        {
            Read(payload, ref judge, ref findings);
        }
        catch (JsonException e)
        {
            // The objects already found stay: the rest of the payload is quarantined as a whole.
            findings.Quarantine(0, payload.Length, $"not JSON: {e.Message}");
        }
    }

    private static void Read<TJudge>(ReadOnlySpan<byte> payload, ref TJudge judge, ref EventFindings findings)
        where TJudge : struct, IObjectJudge
    {
        var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = MaximumDepth });
        if (!reader.Read())
        {
            findings.Quarantine(0, payload.Length, "not JSON: empty payload");
            return;
        }

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            judge.Judge(ref reader, payload, ref findings);
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
                reader.Skip();
                findings.Quarantine(start, (int)reader.BytesConsumed - start, $"expected an object in the array, found {reader.TokenType}");
                continue;
            }

            if (findings.Count >= MaximumBatch)
            {
                findings.Quarantine((int)reader.TokenStartIndex, payload.Length - (int)reader.TokenStartIndex, $"more than {MaximumBatch} events in one message");
                return;
            }

            judge.Judge(ref reader, payload, ref findings);
        }

        if (findings.Count == 0)
        {
            findings.Quarantine(0, payload.Length, "an empty array");
            return;
        }

        // Likewise behind the array.
        reader.Read();
    }
}
