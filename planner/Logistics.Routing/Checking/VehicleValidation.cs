using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Vehicles: indexes, limits, costs and breaks.</summary>
internal static class VehicleValidation
{
    public static void Validate(Vehicle vehicle, int index, ErrorList errors)
    {
        var problem = errors.Problem;
        errors.About("Vehicle", index, vehicle.Id);
        errors.Index("profile", vehicle.Profile, problem.Profiles.Count, "profiles");
        errors.Index("startDepot", vehicle.StartDepot, problem.Depots.Count, "depots");
        errors.Index("endDepot", vehicle.EndDepot, problem.Depots.Count, "depots");
        errors.Load("capacity", vehicle.Capacity);
        errors.Window("shift", vehicle.Shift);
        errors.Time("latestStart", vehicle.LatestStart);
        if (vehicle.LatestStart < vehicle.Shift.Earliest) errors.Add("latestStart", vehicle.LatestStart, $"can never be met: the shift begins at {vehicle.Shift.Earliest}");
        errors.NotNegative("maxDistance", vehicle.MaxDistance);
        errors.NotNegative("maxDurationSeconds", vehicle.MaxDurationSeconds);
        errors.NotNegative("maxTravelSeconds", vehicle.MaxTravelSeconds);
        errors.NotNegative("maxStops", vehicle.MaxStops);
        errors.NotNegative("maxTasks", vehicle.MaxTasks);
        errors.NotNegative("fixedCost", vehicle.FixedCost);
        errors.NotNegative("costPerMetre", vehicle.CostPerMetre);
        errors.NotNegative("costPerSecond", vehicle.CostPerSecond);
        errors.NotNegative("costPerTravelSecond", vehicle.CostPerTravelSecond);
        errors.NotNegative("regularSeconds", vehicle.RegularSeconds);
        errors.NotNegative("costPerOvertimeSecond", vehicle.CostPerOvertimeSecond);
        if (vehicle.MaxTrips < 1) errors.Add("maxTrips", vehicle.MaxTrips, "must be ≥ 1");
        if (vehicle.MaxTrips > 1 && vehicle.ReloadDepots.Count == 0) errors.Add("maxTrips", vehicle.MaxTrips, "needs a reload depot");
        for (int i = 0; i < vehicle.ReloadDepots.Count; i++) errors.Index($"reloadDepots[{i}]", vehicle.ReloadDepots[i], problem.Depots.Count, "depots");
        for (int b = 0; b < vehicle.Breaks.Count; b++)
        {
            var rest = vehicle.Breaks[b];
            if (rest.Windows.Count == 0) errors.Add($"breaks[{b}].windows", "[]", "must have at least one window");
            errors.Windows($"breaks[{b}].windows", rest.Windows);
            errors.Time($"breaks[{b}].durationSeconds", rest.DurationSeconds);
            errors.Load($"breaks[{b}].maxLoad", rest.MaxLoad);
        }
    }
}
