using Logistics.Routing.Model;

namespace Logistics.Planning.Formats;

/// <summary>A row of a Solomon-like file.</summary>
internal sealed record PlaneNode(double Number, double X, double Y, double Demand, double Ready, double Due, double Service);

/// <summary>Single-depot problems on the plane with windows; node 0 is the depot.</summary>
internal static class PlaneProblem
{
    public static ReadResult<Instance> Build(string name, string family, List<PlaneNode> nodes, int vehicles, long capacity, int scale, PlaneRounding rounding, int decimals)
    {
        var jobs = new List<Job>();
        var numbers = new Dictionary<int, (int, int, int)>();
        for (int i = 1; i < nodes.Count; i++)
        {
            numbers[(int)nodes[i].Number] = (jobs.Count, 0, 0);
            jobs.Add(new Job { Id = Id(nodes[i]), Alternatives = [new Alternative { Visits = [VisitAt(nodes, i, scale, rounding) with { Delivery = [(long)nodes[i].Demand] }] }] });
        }

        if (numbers.Count != jobs.Count) return ReadResult.Failed<Instance>("Customer numbers are not unique.");
        return ReadResult.Of(Assemble(name, family, nodes, jobs, numbers, vehicles, capacity, scale, rounding, decimals));
    }

    /// <summary>The fleet's size as a whole number; no more vehicles than there are tasks are ever needed.</summary>
    public static int ReadFleet(NumberLines lines, TextLine line, double vehicles, int tasks)
    {
        if (vehicles >= 1 && vehicles == Math.Floor(vehicles)) return (int)Math.Min(vehicles, Math.Max(1, tasks));
        lines.Errors.Add(FormattableString.Invariant($"Line {line.Number}: {vehicles} vehicles; it must be a whole number ≥ 1."));
        return 0;
    }

    public static Instance Assemble(string name, string family, List<PlaneNode> nodes, List<Job> jobs, Dictionary<int, (int, int, int)> numbers, int vehicles, long capacity, int scale, PlaneRounding rounding, int decimals)
    {
        var window = Scaled(nodes[0], scale, rounding);
        var problem = new Problem
        {
            Name = name,
            Places = [.. nodes.Select(n => new Place(Id(n), n.X, n.Y))],
            Profiles = [new EuclideanTravel([.. nodes.Select(n => n.X)], [.. nodes.Select(n => n.Y)], scale, rounding)],
            Depots = [new Depot { Id = Id(nodes[0]), Place = 0 }],
            Vehicles = [.. Enumerable.Range(1, vehicles).Select(v => new Vehicle { Id = $"{v}", Capacity = [capacity], Shift = window, CostPerMetre = 1 })],
            Jobs = jobs,
        };
        return new Instance { Name = name, Family = family, Problem = problem, CostScale = scale, CostDecimals = decimals, Numbers = new VisitNumbers(numbers, new Dictionary<int, int>()) };
    }

    public static Visit VisitAt(List<PlaneNode> nodes, int place, int scale, PlaneRounding rounding) => new()
    {
        Place = place,
        Windows = [Scaled(nodes[place], scale, rounding)],
        HandlingSeconds = Scaling.Round(nodes[place].Service, scale, rounding),
    };

    public static string Id(PlaneNode node) => ((int)node.Number).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static TimeWindow Scaled(PlaneNode node, int scale, PlaneRounding rounding) =>
        new(Scaling.Round(node.Ready, scale, rounding), Scaling.Round(node.Due, scale, rounding));
}

/// <summary>Rounds data by the same rule as distances.</summary>
internal static class Scaling
{
    /// <summary>Scaled and rounded, held inside [−2^30, 2^30]; larger values mean "no limit" in these files.</summary>
    public static int Round(double value, double scale, PlaneRounding rounding)
    {
        double scaled = value * scale;
        double rounded = rounding switch
        {
            PlaneRounding.Truncate => Math.Truncate(scaled),
            PlaneRounding.Nearest => Math.Floor(scaled + 0.5),
            _ => Math.Ceiling(scaled),
        };
        return (int)Math.Clamp(rounded, -TimeWindow.Horizon, TimeWindow.Horizon);
    }
}
