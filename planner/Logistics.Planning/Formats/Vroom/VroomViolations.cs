using System.Text.Json.Nodes;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>What a step, a route or a whole answer breaks, in VROOM's terms.</summary>
public sealed class VroomViolations
{
    private readonly SortedSet<string> _causes = new(StringComparer.Ordinal);
    private long _leadSeconds, _delaySeconds;

    public void Add(string cause) => _causes.Add(cause);

    /// <summary>Begins before its window, or after it.</summary>
    public void AddTimes(long leadSeconds, long delaySeconds)
    {
        if (leadSeconds > 0) _causes.Add("lead_time");
        if (delaySeconds > 0) _causes.Add("delay");
        (_leadSeconds, _delaySeconds) = (_leadSeconds + leadSeconds, _delaySeconds + delaySeconds);
    }

    public void AddAll(VroomViolations others)
    {
        _causes.UnionWith(others._causes);
        (_leadSeconds, _delaySeconds) = (_leadSeconds + others._leadSeconds, _delaySeconds + others._delaySeconds);
    }

    internal JsonArray Write() => new([.. _causes.Select(WriteCause)]);

    private JsonObject WriteCause(string cause) => cause switch
    {
        "lead_time" => new JsonObject { ["cause"] = cause, ["duration"] = _leadSeconds },
        "delay" => new JsonObject { ["cause"] = cause, ["duration"] = _delaySeconds },
        _ => new JsonObject { ["cause"] = cause },
    };
}
