using Logistics.Planning.Formats.Json;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>A read request as our problem.</summary>
internal static class VroomMapping
{
    // One VROOM cost is this many units: seconds × per_hour ÷ 3600 and metres × per_km ÷ 1000 are then whole.
    public const long UnitsPerCost = 3_600_000;

    // Vehicles without a window may start this long before the first window of the request.
    private const long Lead = 10 * 86_400;

    public static VroomProblem Map(
        List<VroomJob> jobs, List<VroomFleet.Entry> vehicles, VroomPlaces places, Dictionary<(string Profile, double Speed), VroomMatrices> travel, int dimensions, VroomOptions options, JsonReading root)
    {
        CheckDistances(vehicles, travel, root);
        VroomWays.CheckTaskCosts(jobs, vehicles, root);
        if (root.Errors.Count > 0) return null!;
        long epoch = FindEpoch(jobs, vehicles, options.IsPlanMode);
        long unit = CommonUnit(vehicles, travel);
        var profiles = travel.Keys.ToList();
        var depots = vehicles.SelectMany(v => new[] { v.Start, v.End }).OfType<VroomPlace>().Select(p => p.Place).Distinct().ToList();
        var fleet = vehicles.Select(v => MapVehicle(v, travel[(v.Profile, v.SpeedFactor)], profiles.IndexOf((v.Profile, v.SpeedFactor)), depots, epoch, unit)).ToList();
        var problem = new Problem
        {
            Dimensions = Math.Max(1, dimensions),
            Places = [.. places.Locations.Select((l, i) => new Place(places.Rows.Count > 0 ? $"{places.Rows[i]}" : $"{i}", l?[0] ?? double.NaN, l?[1] ?? double.NaN))],
            Profiles = [.. profiles.Select(p => Travel(travel[p], places.Locations.Count))],
            Depots = [.. depots.Select(place => new Depot { Id = $"{place}", Place = place })],
            Vehicles = fleet,
            Jobs = [],
        };
        var ways = jobs.Select(j => VroomWays.List(j with { Visits = [.. j.Visits.Select((visit, v) => visit with { Windows = [.. j.Windows[v].Select(w => Shift(w, epoch))] })] }, vehicles, unit)).ToList();
        var (perTask, perPriority) = Prices(problem, jobs, ways.Sum(w => w.Max(way => way.PreferenceCost)));
        problem = problem with { Jobs = [.. jobs.Zip(ways, (job, of) => MapJob(job, of, perTask, perPriority))] };
        bool hasDistances = options.HasGeometry || (places.HasMatrices && travel.Values.All(t => t.Distances is not null));
        return new VroomProblem(
            problem, (int)epoch, [.. jobs.Select(j => j.Tasks)], [.. vehicles.Select(v => Describe(v, travel[(v.Profile, v.SpeedFactor)]))], dimensions > 0,
            hasDistances && travel.Values.All(t => t.Distances is not null), options);
    }

    private static void CheckDistances(List<VroomFleet.Entry> vehicles, Dictionary<(string Profile, double Speed), VroomMatrices> travel, JsonReading root)
    {
        foreach (var vehicle in vehicles)
        {
            var matrices = travel[(vehicle.Profile, vehicle.SpeedFactor)];
            if (matrices.Distances is null && (vehicle.PerKm > 0 || vehicle.Model.MaxDistance is not null)) root.Fail("matrices", $"vehicle {vehicle.Id} has a distance cost or limit, so profile '{vehicle.Profile}' needs distances.");
            if (matrices.Costs is not null && (vehicle.PerKm > 0 || vehicle.PerHour != 3600 || vehicle.Model.MaxDistance is not null))
                root.Fail("matrices", $"profile '{vehicle.Profile}' has custom costs, so vehicle {vehicle.Id} may have neither per_hour, per_km nor max_distance.");
        }
    }

    private static long FindEpoch(List<VroomJob> jobs, List<VroomFleet.Entry> vehicles, bool areStepsTimed)
    {
        var starts = jobs.SelectMany(j => j.Windows).SelectMany(w => w).Select(w => w.From)
            .Concat(vehicles.Where(v => v.Window is not null).Select(v => v.Window!.Value.From))
            .Concat(vehicles.SelectMany(v => v.Breaks).SelectMany(b => b.Windows).Select(w => w.From));
        if (areStepsTimed) starts = starts.Concat(vehicles.SelectMany(v => v.Steps).SelectMany(s => new[] { s.At, s.After, s.Before }).OfType<long>());
        long first = starts.DefaultIfEmpty(0).Min();
        return Math.Clamp(vehicles.TrueForAll(v => v.Window is not null) ? first : first - Lead, 0, int.MaxValue);
    }

    /// <summary>Cost units are as coarse as the request allows, so that prices of unserved tasks have room.</summary>
    private static long CommonUnit(List<VroomFleet.Entry> vehicles, Dictionary<(string Profile, double Speed), VroomMatrices> travel)
    {
        long unit = travel.Values.Any(t => t.Costs is not null) ? UnitsPerCost : 0;
        foreach (var vehicle in vehicles)
            foreach (long part in new[] { vehicle.Fixed * UnitsPerCost, vehicle.PerHour * 1000, vehicle.PerKm * 3600, vehicle.PerTaskHour * 1000 }) unit = Gcd(unit, part);
        return Math.Max(1, unit);
    }

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);

    private static MatrixTravel Travel(VroomMatrices matrices, int places) => new(places, matrices.Costs ?? matrices.Distances ?? matrices.Durations, matrices.Durations);

    private static Vehicle MapVehicle(VroomFleet.Entry vehicle, VroomMatrices matrices, int profile, List<int> depots, long epoch, long unit) => vehicle.Model with
    {
        Profile = profile,
        StartDepot = vehicle.Start is null ? null : depots.IndexOf(vehicle.Start.Place),
        EndDepot = vehicle.End is null ? null : depots.IndexOf(vehicle.End.Place),
        Shift = vehicle.Window is { } window ? Shift(window, epoch) : TimeWindow.Always,
        FixedCost = vehicle.Fixed * UnitsPerCost / unit,
        CostPerTravelSecond = matrices.Costs is null ? vehicle.PerHour * 1000 / unit : 0,
        CostPerMetre = matrices.Costs is null ? vehicle.PerKm * 3600 / unit : UnitsPerCost / unit,
        Breaks = [.. vehicle.Breaks.Select(b => b.Model with { Windows = b.Windows.Count == 0 ? [TimeWindow.Always] : [.. b.Windows.Select(w => Shift(w, epoch))] })],
    };

    private static TimeWindow Shift((long From, long Until) window, long epoch) =>
        new((int)Math.Clamp(window.From - epoch, 0, TimeWindow.Horizon), (int)Math.Clamp(window.Until - epoch, 0, TimeWindow.Horizon));

    /// <summary>VROOM's order of plans: most priority, then most tasks, then least cost; here as prices that outweigh whatever comes after them.</summary>
    private static (long PerTask, long PerPriority) Prices(Problem problem, List<VroomJob> jobs, long taskCosts)
    {
        long tasks = jobs.Sum(j => (long)j.Tasks.Count);
        Int128 longest = 0;
        foreach (var profile in problem.Profiles.Cast<MatrixTravel>())
        {
            for (int i = 0; i < profile.Distances.Length; i++)
            {
                if (profile.Distances[i] == TravelProfile.Unreachable || profile.Durations[i] == TravelProfile.Unreachable) continue;
                longest = Int128.Max(longest, problem.Vehicles.Max(v => ((Int128)v.CostPerMetre * profile.Distances[i]) + ((Int128)v.CostPerTravelSecond * profile.Durations[i])));
            }
        }

        var most = ((tasks + (2 * (Int128)problem.Vehicles.Count)) * longest) + problem.Vehicles.Sum(v => v.FixedCost) + taskCosts + 1;
        // Where the numbers would not fit in 60 bits, the order stays and the weights shrink.
        var room = ((Int128)1 << 60) / ((tasks + 1) * (tasks + 101));
        var perTask = Int128.Min(most, Int128.Max(1, room / 101));
        var perPriority = Int128.Min(perTask * (tasks + 1), Int128.Max(1, ((Int128)1 << 60) / (101 * (tasks + 1))));
        return ((long)perTask, (long)perPriority);
    }

    private static Job MapJob(VroomJob job, IReadOnlyList<Alternative> ways, long perTask, long perPriority) => new()
    {
        Id = $"{job.Tasks[0].Type} {job.Tasks[0].Id}",
        UnservedCost = job.Tasks.Sum(t => perTask + (t.Priority * perPriority)),
        Alternatives = ways,
    };

    private static VroomVehicle Describe(VroomFleet.Entry vehicle, VroomMatrices matrices) => new(
        vehicle.Id, vehicle.Description, vehicle.Start, vehicle.End, vehicle.Fixed, vehicle.PerHour, vehicle.PerKm, vehicle.PerTaskHour,
        [.. vehicle.Breaks.Select(b => b.Id)], [.. vehicle.Breaks.Select(b => b.Description)], matrices.Durations, matrices.Distances, matrices.Costs);
}
