using System.Globalization;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats;

/// <summary>The jobs of a VRPLIB file: clients, mutually exclusive groups (one job with alternatives) and pickup–delivery pairs.</summary>
internal sealed class VrplibClients(VrplibFile file, int nodes, int depots, VrplibConvention convention)
{
    public Dictionary<int, (int Job, int Alternative, int Visit)> Numbers { get; } = [];

    public List<Job> Read(List<int>?[] allowed) => file.HasSection("PICKUP_AND_DELIVERY_SECTION") ? ReadPairs(allowed) : ReadClients(allowed);

    private List<Job> ReadClients(List<int>?[] allowed)
    {
        var demands = file.ListColumn(file.HasSection("LINEHAUL_SECTION") ? "LINEHAUL_SECTION" : "DEMAND_SECTION", null, nodes, 0);
        var backhauls = file.ListColumn("BACKHAUL_SECTION", null, nodes, 0);
        var services = file.ListColumn("SERVICE_TIME_SECTION", "SERVICE_TIME", nodes, 0);
        var releases = file.ListColumn("RELEASE_TIME_SECTION", null, nodes, 0);
        var prizes = file.ListColumn("PRIZE_SECTION", null, nodes, 0);
        var windows = file.FindRows("TIME_WINDOW_SECTION", nodes, 2);
        var jobs = new List<Job>();
        foreach (var members in ListGroups())
        {
            var alternatives = new List<Alternative>();
            foreach (int node in members)
            {
                Numbers[node] = (jobs.Count, alternatives.Count, 0);
                alternatives.Add(new Alternative
                {
                    Id = NameOf(node),
                    AllowedVehicles = allowed[node],
                    ReleaseTime = convention.Round(releases[node]),
                    Visits = [new Visit
                    {
                        Place = node,
                        HandlingSeconds = convention.Round(services[node]),
                        Windows = windows is null ? [] : [new TimeWindow(convention.Round(windows[node][0]), convention.Round(windows[node][1]))],
                        Delivery = demands[node] == 0 ? [] : [(long)demands[node]],
                        Pickup = backhauls[node] == 0 ? [] : [(long)backhauls[node]],
                    }],
                });
            }

            double prize = members.Sum(node => prizes[node]);
            jobs.Add(new Job { Id = string.Join('|', members.Select(NameOf)), Alternatives = alternatives, UnservedCost = prize == 0 ? null : convention.Round(prize) });
        }

        return jobs;
    }

    /// <summary>Groups as node lists; clients that are in none stand alone.</summary>
    private List<List<int>> ListGroups()
    {
        var groups = new List<List<int>>();
        var grouped = new HashSet<int>();
        int rows = file.HasSection("MUTUALLY_EXCLUSIVE_GROUP_SECTION") ? file.CountRows("MUTUALLY_EXCLUSIVE_GROUP_SECTION") : 0;
        foreach (double[] row in file.FindRows("MUTUALLY_EXCLUSIVE_GROUP_SECTION", rows, 0) ?? [])
        {
            var group = new List<int>();
            foreach (double number in row)
            {
                if (number <= depots || number > nodes) file.Errors.Add($"MUTUALLY_EXCLUSIVE_GROUP_SECTION: {number} is not a client in [{depots + 1}, {nodes}].");
                else if (!grouped.Add((int)number - 1)) file.Errors.Add($"MUTUALLY_EXCLUSIVE_GROUP_SECTION: client {number} is in two groups.");
                else group.Add((int)number - 1);
            }

            if (group.Count > 0) groups.Add(group);
        }

        groups.AddRange(Enumerable.Range(depots, nodes - depots).Where(node => !grouped.Contains(node)).Select(node => new List<int> { node }));
        return groups;
    }

    /// <summary>Rows: demand, ready, due, service, pickup sibling, delivery sibling; siblings are node numbers, 0 = none.</summary>
    private List<Job> ReadPairs(List<int>?[] allowed)
    {
        var jobs = new List<Job>();
        if (file.FindRows("PICKUP_AND_DELIVERY_SECTION", nodes, 6) is not { } rows) return jobs;
        for (int node = depots; node < nodes; node++)
        {
            if (rows[node][5] == 0) continue;
            int sibling = (int)rows[node][5] - 1;
            if (sibling < depots || sibling >= nodes || (int)rows[sibling][4] != node + 1)
            {
                file.Errors.Add($"PICKUP_AND_DELIVERY_SECTION: node {node + 1} names delivery {sibling + 1}, which does not name it back.");
                continue;
            }

            Numbers[node] = (jobs.Count, 0, 0);
            Numbers[sibling] = (jobs.Count, 0, 1);
            jobs.Add(new Job
            {
                Id = $"{NameOf(node)}-{NameOf(sibling)}",
                Alternatives = [new Alternative { AllowedVehicles = allowed[node], Visits = [TaskAt(node) with { Pickup = [(long)rows[node][0]] }, TaskAt(sibling)] }],
            });
        }

        return jobs;

        Visit TaskAt(int node) => new()
        {
            Place = node,
            HandlingSeconds = convention.Round(rows[node][3]),
            Windows = [new TimeWindow(convention.Round(rows[node][1]), convention.Round(rows[node][2]))],
        };
    }

    private static string NameOf(int node) => (node + 1).ToString(CultureInfo.InvariantCulture);
}
