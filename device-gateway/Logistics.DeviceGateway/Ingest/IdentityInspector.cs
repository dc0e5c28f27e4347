using System.Text.Json;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Ingest;

/// <summary>Reads the identity (boot, seq, at) of each event; asks nothing else of it. For open gateways and their load tools.</summary>
/// <remarks>Allocates nothing for a good payload.</remarks>
public sealed class IdentityInspector : IEventInspector
{
    public void Inspect(DeviceKind kind, ReadOnlySpan<byte> device, ReadOnlySpan<byte> message, ReadOnlySpan<byte> payload, ref EventFindings findings)
    {
        var judge = default(IdentityJudge);
        PayloadObjects.Walk(payload, ref judge, ref findings);
    }

    private struct IdentityJudge : IObjectJudge
    {
        public readonly void Judge(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload, ref EventFindings findings)
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

            var length = Math.Min((int)reader.BytesConsumed, payload.Length) - start;
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
}
