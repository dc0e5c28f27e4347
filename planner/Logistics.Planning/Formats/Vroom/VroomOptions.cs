using Logistics.Planning.Formats.Json;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>A request's <c>options</c>: what VROOM's command line takes as <c>-g</c>, <c>-c</c>, <c>-t</c>, <c>-x</c> and <c>-l</c>.</summary>
/// <param name="HasGeometry">Distances and the geometry of each route are asked for.</param>
/// <param name="IsPlanMode">The routes are given; only their times are chosen.</param>
/// <param name="Threads">Search threads asked for; null = as usual.</param>
/// <param name="Exploration">How long to search: 5, VROOM's default, as long as usual, 0 a sixth of that.</param>
/// <param name="LimitSeconds">Longest search; null = as usual.</param>
public sealed record VroomOptions(bool HasGeometry, bool IsPlanMode, int? Threads, int Exploration, double? LimitSeconds)
{
    public const int MostExploration = 5;

    public static readonly VroomOptions None = new(false, false, null, MostExploration, null);

    /// <summary>Seconds to search where the client says nothing else.</summary>
    public double Shorten(double usualSeconds) => Math.Min(LimitSeconds ?? double.MaxValue, usualSeconds * (Exploration + 1) / (MostExploration + 1));

    internal static VroomOptions Read(JsonReading root) => root.Find("options", ReadOptions) ?? None;

    private static VroomOptions ReadOptions(JsonReading options)
    {
        double limit = options.Number("l", double.MaxValue);
        if (limit <= 0) options.Fail("l", $"{limit} must be > 0.");
        return new VroomOptions(options.Bool("g"), options.Bool("c"), options.Has("t") ? options.Int("t", 1, 1, 256) : null, options.Int("x", MostExploration, 0, MostExploration), options.Has("l") ? limit : null);
    }
}
