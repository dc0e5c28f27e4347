using System.Globalization;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats;

/// <summary>The vehicles of a VRPLIB file.</summary>
internal sealed class VrplibFleet(VrplibFile file, int nodes, int depots, VrplibConvention convention)
{
    private const int MostVehicles = 100_000;
    private readonly int _vehicles = ReadCount(file, nodes - depots);

    public List<Vehicle> Read()
    {
        var capacities = file.ListColumn("CAPACITY_SECTION", "CAPACITY", _vehicles, double.NaN);
        var fixedCosts = file.ListColumn("VEHICLES_FIXED_COST_SECTION", "VEHICLES_FIXED_COST", _vehicles, 0);
        var unitCosts = file.ListColumn("VEHICLES_UNIT_DISTANCE_COST_SECTION", "VEHICLES_UNIT_DISTANCE_COST", _vehicles, 1);
        var maxDurations = file.ListColumn("VEHICLES_MAX_DURATION_SECTION", "VEHICLES_MAX_DURATION", _vehicles, double.NaN);
        var maxDistances = file.ListColumn("VEHICLES_MAX_DISTANCE_SECTION", "VEHICLES_MAX_DISTANCE", _vehicles, double.NaN);
        var homes = file.ListColumn("VEHICLES_DEPOT_SECTION", null, _vehicles, 1);
        var reloads = file.FindRows("VEHICLES_RELOAD_DEPOT_SECTION", _vehicles, 1);
        var maxReloads = file.ListColumn("VEHICLES_MAX_RELOADS_SECTION", "VEHICLES_MAX_RELOADS", _vehicles, nodes);
        var windows = file.FindRows("TIME_WINDOW_SECTION", nodes, 2);
        var vehicles = new List<Vehicle>(_vehicles);
        for (int v = 0; v < _vehicles; v++)
        {
            if (homes[v] < 1 || homes[v] > depots || reloads?[v].Any(d => d < 1 || d > depots) == true)
            {
                file.Errors.Add($"Vehicle {v + 1}: its depots must be in [1, {depots}].");
                continue;
            }

            int home = (int)homes[v] - 1;
            vehicles.Add(new Vehicle
            {
                Id = (v + 1).ToString(CultureInfo.InvariantCulture),
                StartDepot = home,
                EndDepot = home,
                Capacity = double.IsNaN(capacities[v]) ? [] : [(long)capacities[v]],
                Shift = windows is null ? TimeWindow.Always : new TimeWindow(convention.Round(windows[home][0]), convention.Round(windows[home][1])),
                FixedCost = (long)Math.Round(fixedCosts[v] * convention.Scale),
                CostPerMetre = (long)unitCosts[v],
                MaxDurationSeconds = double.IsNaN(maxDurations[v]) ? null : convention.Round(maxDurations[v]),
                MaxDistance = double.IsNaN(maxDistances[v]) ? null : convention.Round(maxDistances[v]),
                ReloadDepots = reloads is null ? [] : [.. reloads[v].Select(d => (int)d - 1)],
                MaxTrips = reloads is null ? 1 : 1 + (int)Math.Min(maxReloads[v], nodes),
            });
        }

        return vehicles;
    }

    private static int ReadCount(VrplibFile file, int otherwise)
    {
        double count = file.FindNumber("VEHICLES") ?? otherwise;
        if (count >= 1 && count <= MostVehicles && count == Math.Floor(count)) return (int)count;
        file.Errors.Add(FormattableString.Invariant($"VEHICLES: {count} must be a whole number in [1, {MostVehicles}]."));
        return 0;
    }

    /// <summary>For each node the vehicles that may serve it; null where all may.</summary>
    public List<int>?[] ReadAllowed()
    {
        var allowed = new List<int>?[nodes];
        if (file.FindRows("VEHICLES_ALLOWED_CLIENTS_SECTION", _vehicles, 0) is not { } rows) return allowed;
        for (int v = 0; v < rows.Count; v++)
        {
            foreach (double client in rows[v])
            {
                if (client < 1 || client > nodes) file.Errors.Add($"VEHICLES_ALLOWED_CLIENTS_SECTION: vehicle {v + 1} names client {client}, which is not in [1, {nodes}].");
                else (allowed[(int)client - 1] ??= []).Add(v);
            }
        }

        for (int node = 0; node < nodes; node++)
            allowed[node] = allowed[node]?.Count == _vehicles ? null : allowed[node] ?? [];
        return allowed;
    }
}
