using System.Text.Json;
using System.Text.Json.Serialization;

namespace Logistics.Planner.Cli.Bench;

/// <summary>One measured run, as written to <c>results.jsonl</c>.</summary>
/// <param name="Seconds">Wall seconds used.</param>
/// <param name="CpuSeconds">CPU seconds of the process used, all threads.</param>
/// <param name="Cost">Published objective, recomputed by the checker.</param>
/// <param name="Bks">Best-known cost; null when unknown.</param>
/// <param name="Gap">100 · (cost − bks) / bks, percent; for objectives that count vehicles first, of the distance alone.</param>
/// <param name="Feasible">The checker found no violation.</param>
/// <param name="FirstSeconds">Wall seconds until the first feasible plan, reading not counted; null when there was none.</param>
/// <param name="FirstCpuSeconds">The same in CPU seconds of the process.</param>
public sealed record BenchRun(
    string Instance, ulong Seed, double Seconds, double CpuSeconds, double Cost, int Vehicles, double? Bks, double? Gap, bool Feasible,
    string Group, int Size, int Threads, long Iterations, int Unserved, int? BksVehicles, string? Violation, double? FirstSeconds, double? FirstCpuSeconds)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.Never, PropertyNameCaseInsensitive = true };

    public string ToJsonLine() => JsonSerializer.Serialize(this, Options);

    /// <summary>Null when the line is not a run.</summary>
    public static BenchRun? FindIn(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<BenchRun>(line, Options) is { Instance: not null } run ? run : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
