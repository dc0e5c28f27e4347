using Logistics.Routing.Model;

namespace Logistics.Planning.Formats;

/// <summary>A problem read from a benchmark file, with what is needed to speak of it in the file's own terms.</summary>
public sealed record Instance
{
    public required string Name { get; init; }

    /// <summary>Family whose means are shown together: <c>CVRP</c>, <c>VRPTW</c>, <c>PDPTW</c>, <c>VRPDO</c>, ….</summary>
    public required string Family { get; init; }

    public required Problem Problem { get; init; }

    /// <summary>Cost units of the problem per unit of the published objective.</summary>
    public double CostScale { get; init; } = 1;

    /// <summary>Decimals the published objective is stated with.</summary>
    public int CostDecimals { get; init; }

    /// <summary>The objective counts vehicles first: fixed costs order the plans and are left out of the published cost.</summary>
    public bool IsVehiclesFirst { get; init; }

    /// <summary>Routes of a <c>.sol</c> file are listed in vehicle order, because vehicles differ.</summary>
    public bool HasDistinctVehicles { get; init; }

    /// <summary>What a number of a <c>.sol</c> route means.</summary>
    public required VisitNumbers Numbers { get; init; }

    /// <summary>An instance of a problem that has no numbers of its own: visits count from 1 in job order, depot k is −k (the first is 0).</summary>
    public static Instance Of(Problem problem, string name)
    {
        var visits = new Dictionary<int, (int, int, int)>();
        for (int job = 0; job < problem.Jobs.Count; job++)
            for (int a = 0; a < problem.Jobs[job].Alternatives.Count; a++)
                for (int v = 0; v < problem.Jobs[job].Alternatives[a].Visits.Count; v++) visits[visits.Count + 1] = (job, a, v);
        var depots = Enumerable.Range(0, problem.Depots.Count).ToDictionary(d => -d, d => d);
        return new Instance { Name = problem.Name.Length > 0 ? problem.Name : name, Family = "JSON", Problem = problem, HasDistinctVehicles = true, Numbers = new VisitNumbers(visits, depots) };
    }

    /// <summary>The published objective of a cost.</summary>
    public double PublishedCost(CostBreakdown cost) =>
        Math.Round((cost.Total - (IsVehiclesFirst ? cost.Fixed : 0)) / CostScale, CostDecimals, MidpointRounding.AwayFromZero);
}

/// <summary>The numbers a file gives its visits and depots.</summary>
/// <param name="Visits">Number → (job, alternative, visit).</param>
/// <param name="Depots">Number → depot a vehicle reloads at.</param>
public sealed record VisitNumbers(IReadOnlyDictionary<int, (int Job, int Alternative, int Visit)> Visits, IReadOnlyDictionary<int, int> Depots)
{
    private readonly Dictionary<(int, int, int), int> _numberOfVisit = Visits.ToDictionary(pair => pair.Value, pair => pair.Key);
    private readonly Dictionary<int, int> _numberOfDepot = Depots.ToDictionary(pair => pair.Value, pair => pair.Key);

    public int OfVisit(int job, int alternative, int visit) => _numberOfVisit[(job, alternative, visit)];

    public int OfDepot(int depot) => _numberOfDepot[depot];
}
