using System.Text.Json;
using System.Text.Unicode;
using Logistics.DeviceGateway.Ingest;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Meaning;

/// <summary>Reads what devices say and quarantines what cannot be believed: wrong types, absurd values, unknown compartments, foreign tags, wrong clocks.</summary>
/// <remarks>Allocates nothing for a good payload whose texts have no escapes. Thread-safe.</remarks>
public sealed class MeaningInspector(GatewayOptions options, DeviceDirectory directory, TimeProvider time) : IEventInspector
{
    /// <summary>A clock outside this range of the year 0 to 9999 cannot even be shown.</summary>
    private static readonly long LatestUnixMs = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public void Inspect(DeviceKind kind, ReadOnlySpan<byte> device, ReadOnlySpan<byte> message, ReadOnlySpan<byte> payload, ref EventFindings findings)
    {
        if (!UpMessages.TryParse(message, out var up) || !UpMessages.MaySend(kind, up))
        {
            findings.Quarantine(0, payload.Length, $"a {DeviceTopic.NameOf(kind)} has no message \"{System.Text.Encoding.UTF8.GetString(message)}\"");
            return;
        }

        if (!Utf8.IsValid(payload))
        {
            findings.Quarantine(0, payload.Length, "not JSON: invalid UTF-8");
            return;
        }

        var judge = new MessageJudge(up, directory.Find(device), directory.Prefixes, time.GetUtcNow().ToUnixTimeMilliseconds(), options);
        PayloadObjects.Walk(payload, ref judge, ref findings);
    }

    private const string ClockFault = "clock: ";

    /// <summary>True when nothing but the event's time was not believed: the clock is judged last.</summary>
    public static bool IsClockFault(string? quarantineReason) => quarantineReason?.StartsWith(ClockFault, StringComparison.Ordinal) ?? false;

    /// <summary>Why a device's clock cannot be believed; null when it can.</summary>
    internal static string? FindClockFault(long atUnixMs, long nowUnixMs, GatewayOptions options)
    {
        if (atUnixMs > LatestUnixMs)
        {
            return $"{ClockFault}at {atUnixMs} is no time";
        }

        var offset = TimeSpan.FromMilliseconds(atUnixMs - nowUnixMs);
        if (offset > options.MaximumClockLead)
        {
            return FormattableString.Invariant($"{ClockFault}at is {Span(offset)} ahead of the gateway");
        }

        return -offset > options.MaximumEventAge ? FormattableString.Invariant($"{ClockFault}at is {Span(-offset)} behind the gateway") : null;
    }

    private static string Span(TimeSpan span)
    {
        if (span.TotalDays >= 2)
        {
            return FormattableString.Invariant($"{span.TotalDays:F0} days");
        }

        return span.TotalHours >= 2 ? FormattableString.Invariant($"{span.TotalHours:F0} h") : FormattableString.Invariant($"{span.TotalMinutes:F0} min");
    }

    private readonly struct MessageJudge(UpMessage message, DeviceProfile? profile, EpcPrefixes prefixes, long nowUnixMs, GatewayOptions options) : IObjectJudge
    {
        public void Judge(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload, ref EventFindings findings)
        {
            var start = (int)reader.TokenStartIndex;
            var fields = new MessageFields(payload);
            MessageReader.Read(ref reader, payload, message, profile, prefixes, ref fields);
            var length = (int)reader.BytesConsumed - start;
            var fault = fields.Fault
                ?? FindEnvelopeFault(fields)
                ?? MessageRules.FindFault(message, fields, profile, prefixes)
                ?? FindClockFault(fields.At, nowUnixMs, options);
            if (fault is null)
            {
                findings.Accept(start, length, fields.Boot, fields.Sequence, fields.At);
                return;
            }

            // With its identity, so that the same event sent again is recognised and not kept twice.
            var hasIdentity = fields is { Boot: >= 0, Sequence: >= 0 };
            findings.Quarantine(start, length, fault, hasIdentity ? fields.Boot : -1, hasIdentity ? fields.Sequence : -1, Math.Max(0, fields.At));
        }

        private static string? FindEnvelopeFault(in MessageFields fields)
        {
            if (fields.Boot < 0)
            {
                return "boot is missing";
            }

            if (fields.Sequence < 0)
            {
                return "seq is missing";
            }

            return fields.At < 0 ? "at is missing" : null;
        }
    }
}
