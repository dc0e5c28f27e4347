using System.Globalization;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats;

/// <summary>CVRPLIB/VRPLIB text, with PyVRP's sections for several depots, mixed fleets, prizes, release times, reloads, groups and site dependence.</summary>
/// <remarks>Field meanings: PyVRP, <c>docs/source/dev/supported_vrplib_fields.rst</c>. Numbers in <c>.sol</c> files are node numbers less one, so a single depot is 0.</remarks>
public static class VrplibFormat
{
    public static bool Recognises(string text) => VrplibFile.Recognises(text);

    public static ReadResult<Instance> Read(string text, string name)
    {
        var file = new VrplibFile(text);
        double dimension = file.FindNumber("DIMENSION") ?? 0;
        if (dimension is < 1 or > 1_000_000) file.Errors.Add($"DIMENSION: {dimension} is not in [1, 1000000].");
        if (file.Errors.Count > 0) return ReadResult.Failed<Instance>(file.Errors);

        int nodes = (int)dimension;
        string type = file.FindText("TYPE") ?? "CVRP";
        if (string.Equals(type, "VRPB", StringComparison.OrdinalIgnoreCase)) file.Errors.Add("TYPE: 'VRPB' (linehauls before backhauls) is not read.");
        bool isExplicit = string.Equals(file.FindText("EDGE_WEIGHT_TYPE"), "EXPLICIT", StringComparison.OrdinalIgnoreCase);
        var convention = VrplibConvention.Of(type, isExplicit);
        var points = file.FindRows("NODE_COORD_SECTION", nodes, 2);
        var travel = VrplibTravel.Read(file, nodes, convention, points);
        int depots = CountDepots(file, nodes);
        var fleet = new VrplibFleet(file, nodes, depots, convention);
        var vehicles = fleet.Read();
        var clients = new VrplibClients(file, nodes, depots, convention);
        var jobs = clients.Read(fleet.ReadAllowed());
        if (file.Errors.Count > 0 || travel is null) return ReadResult.Failed<Instance>(file.Errors);

        return ReadResult.Of(new Instance
        {
            Name = name,
            Family = type.ToUpperInvariant() is "CVRPTW" ? "VRPTW" : type.ToUpperInvariant(),
            CostScale = convention.CostScale,
            CostDecimals = convention.Decimals,
            HasDistinctVehicles = vehicles.Exists(v => !AreAlike(v, vehicles[0])) || file.HasSection("VEHICLES_ALLOWED_CLIENTS_SECTION"),
            Numbers = new VisitNumbers(clients.Numbers, Enumerable.Range(0, depots).ToDictionary(d => d, d => d)),
            Problem = new Problem
            {
                Name = name,
                Places = [.. Enumerable.Range(0, nodes).Select(i => new Place((i + 1).ToString(CultureInfo.InvariantCulture), points?[i][0] ?? double.NaN, points?[i][1] ?? double.NaN))],
                Profiles = [travel],
                Depots = [.. Enumerable.Range(0, depots).Select(d => new Depot { Id = (d + 1).ToString(CultureInfo.InvariantCulture), Place = d })],
                Vehicles = vehicles,
                Jobs = jobs,
            },
        });
    }

    private static bool AreAlike(Vehicle a, Vehicle b) =>
        a.StartDepot == b.StartDepot && a.Capacity.SequenceEqual(b.Capacity) && a.FixedCost == b.FixedCost && a.CostPerMetre == b.CostPerMetre
        && a.MaxDistance == b.MaxDistance && a.MaxDurationSeconds == b.MaxDurationSeconds;

    /// <summary>Depots are the lowest nodes: 1, 2, …; without a section, node 1.</summary>
    private static int CountDepots(VrplibFile file, int nodes)
    {
        if (!file.HasSection("DEPOT_SECTION")) return 1;
        var listed = file.ListNumbers("DEPOT_SECTION").TakeWhile(n => n >= 0).ToList();
        for (int d = 0; d < listed.Count; d++)
            if (listed[d] != d + 1 || d >= nodes) file.Errors.Add($"DEPOT_SECTION: depot {listed[d]} is not node {d + 1}; depots must be the first nodes.");
        if (listed.Count == 0) file.Errors.Add("DEPOT_SECTION is empty.");
        return Math.Clamp(listed.Count, 1, nodes);
    }
}
