using System.Globalization;
using System.Text;
using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>Fills the vehicle table and appends each vehicle's start, end and reload nodes.</summary>
internal sealed class VehicleCompiler(CompiledProblem compiled)
{
    // A vehicle that may reload endlessly still never needs more trips than this in one day's plan.
    private const int MaxReloadsPerVehicle = 30;

    private readonly Problem _problem = compiled.Source;
    private readonly List<NodeData> _depots = [];

    public void Compile()
    {
        int count = _problem.Vehicles.Count, dimensions = compiled.Dimensions;
        var table = new VehicleData[count];
        compiled.Capacity = new long[count * dimensions];
        compiled.LoadBefore = new long[count * dimensions];
        var classes = new Dictionary<string, int>(StringComparer.Ordinal);
        bool hasSlots = _problem.Resources.Any(r => r.SlotSeconds > 0) || _problem.Depots.Any(d => d.Dock is not null);
        bool hasDue = HasVisit(v => v.DueTime is not null && v.CostPerLateSecond > 0);
        bool hasManyWindows = HasVisit(v => v.Windows.Count > 1);
        int[] named = LabelByNames();
        for (int v = 0; v < count; v++)
        {
            var vehicle = _problem.Vehicles[v];
            table[v] = Read(vehicle);
            string look = Describe(vehicle) + "#" + named[v].ToString(CultureInfo.InvariantCulture);
            if (!classes.TryGetValue(look, out int id)) classes[look] = id = classes.Count;
            table[v].Class = id;
            table[v].NeedsWalk = IsBalancedByDuration || hasSlots || hasDue || compiled.Jobs.HasRideLimits || vehicle.Breaks.Count > 0 || table[v].Legs.Source.IsTimeDependent
                || (table[v].IsDurationPriced && (hasManyWindows || compiled.Jobs.HasReleases));
            AddDepots(ref table[v], vehicle);
            for (int k = 0; k < dimensions; k++)
            {
                compiled.Capacity[(v * dimensions) + k] = k < vehicle.Capacity.Count ? vehicle.Capacity[k] : CompiledProblem.Unlimited;
                compiled.LoadBefore[(v * dimensions) + k] = SumOnBoard(vehicle, k);
                table[v].HasOnBoard |= compiled.LoadBefore[(v * dimensions) + k] > 0;
            }
        }

        compiled.Vehicles = table;
        compiled.VehicleClassCount = classes.Count;
        compiled.Nodes = [.. compiled.Nodes, .. _depots];
    }

    /// <summary>Labels vehicles so that two share a label exactly when the alternatives that name vehicles treat both alike.</summary>
    private int[] LabelByNames()
    {
        int count = _problem.Vehicles.Count, labels = 1;
        int[] label = new int[count], split = new int[count];
        var isAllowed = new bool[count];
        foreach (var alternative in _problem.Jobs.SelectMany(j => j.Alternatives))
        {
            if (alternative.AllowedVehicles is null && alternative.ForbiddenVehicles.Count == 0) continue;
            Array.Fill(isAllowed, alternative.AllowedVehicles is null);
            foreach (int v in alternative.AllowedVehicles ?? []) isAllowed[v] = true;
            foreach (int v in alternative.ForbiddenVehicles) isAllowed[v] = false;
            labels = Split(label, isAllowed, split, labels);
            if (labels == count) break;
        }

        return label;
    }

    /// <summary>Parts each label's allowed vehicles from its forbidden ones; the new number of labels.</summary>
    private static int Split(int[] label, bool[] isAllowed, int[] split, int labels)
    {
        // Of each label: 0 = nobody seen, 1 = forbidden seen, 2 = allowed seen, 3 = both.
        Array.Clear(split);
        for (int v = 0; v < label.Length; v++) split[label[v]] |= isAllowed[v] ? 2 : 1;
        for (int l = 0, last = labels; l < last; l++) split[l] = split[l] == 3 ? labels++ : -1;
        for (int v = 0; v < label.Length; v++)
            if (isAllowed[v] && split[label[v]] >= 0) label[v] = split[label[v]];
        return labels;
    }

    private bool IsBalancedByDuration => _problem.Balance is { Measure: BalanceMeasure.DurationSeconds };

    private bool HasVisit(Func<Visit, bool> test) => _problem.Jobs.Any(j => j.Alternatives.Any(a => a.Visits.Any(test)));

    private VehicleData Read(Vehicle vehicle)
    {
        var committed = vehicle.Committed;
        bool isPriced = vehicle.CostPerSecond > 0 || (vehicle.RegularSeconds is not null && vehicle.CostPerOvertimeSecond > 0) || vehicle.MaxDurationSeconds is not null || IsBalancedByDuration;
        var start = vehicle.StartDepot is { } depot ? _problem.Depots[depot] : null;
        var data = new VehicleData
        {
            Legs = compiled.Legs[vehicle.Profile],
            Breaks = [.. vehicle.Breaks.Select(b => new CompiledBreak(b))],
            FixedCost = vehicle.FixedCost,
            CostPerMetre = vehicle.CostPerMetre,
            CostPerTravelSecond = vehicle.CostPerTravelSecond,
            CostPerSecond = vehicle.CostPerSecond,
            CostPerOvertimeSecond = vehicle.RegularSeconds is null ? 0 : vehicle.CostPerOvertimeSecond,
            RegularSeconds = vehicle.RegularSeconds ?? int.MaxValue,
            MaxDistance = vehicle.MaxDistance ?? CompiledProblem.Unlimited,
            MaxDuration = vehicle.MaxDurationSeconds ?? int.MaxValue,
            MaxTravel = vehicle.MaxTravelSeconds ?? int.MaxValue,
            MaxStops = vehicle.MaxStops ?? int.MaxValue,
            MaxTasks = vehicle.MaxTasks ?? int.MaxValue,
            HasCountLimits = vehicle.MaxDistance is not null || vehicle.MaxTravelSeconds is not null || vehicle.MaxStops is not null || vehicle.MaxTasks is not null,
            IsDurationPriced = isPriced,
            IsStartChosen = isPriced || (_problem.Profiles[vehicle.Profile] is { IsTimeDependent: true } && (vehicle.CostPerMetre > 0 || vehicle.CostPerTravelSecond > 0 || vehicle.MaxDistance is not null || vehicle.MaxTravelSeconds is not null)),
            EarliestStart = Math.Max(vehicle.Shift.Earliest, committed?.ReadyAt ?? 0),
            LatestStart = Math.Min(vehicle.LatestStart ?? vehicle.Shift.Latest, vehicle.Shift.Latest),
            LoadFrom = start?.Open.Earliest ?? 0,
            LoadUntil = start?.Open.Latest ?? TimeWindow.Horizon,
            DistanceBefore = committed?.DistanceSoFar ?? 0,
            KeepsLoadedOrder = committed?.KeepsLoadedOrder ?? false,
        };
        if (committed is { StartedAt: { } startedAt }) ReadHistory(ref data, committed, startedAt);
        return data;
    }

    private void ReadHistory(ref VehicleData data, CommittedRoute committed, int startedAt)
    {
        data.IsUnderWay = true;
        data.EarliestStart = data.LatestStart = startedAt;
        data.LoadFrom = 0;
        data.LoadUntil = TimeWindow.Horizon;
        data.TasksBefore = committed.Frozen.Count;
        int last = -1;
        foreach (var frozen in committed.Frozen)
        {
            var visit = _problem.Jobs[frozen.Job].Alternatives[frozen.Alternative].Visits[frozen.Visit];
            if (visit.Place != last) data.StopsBefore++;
            last = visit.Place;
            if (visit.DueTime is { } due && frozen.Start > due) data.LatenessBefore += (frozen.Start - due) * visit.CostPerLateSecond;
        }

        data.StartsInStay = last >= 0 && (committed.Position is null || committed.Position == last);
    }

    private void AddDepots(ref VehicleData data, Vehicle vehicle)
    {
        int nowhere = data.Legs.Nowhere;
        data.Start = compiled.VisitCount + _depots.Count;
        _depots.Add(Depot(NodeKind.Start, FindStartPlace(vehicle, nowhere), data.EarliestStart, data.LatestStart, FindLoadingSeconds(vehicle)));
        data.End = compiled.VisitCount + _depots.Count;
        var end = vehicle.EndDepot is { } e ? _problem.Depots[e] : null;
        _depots.Add(Depot(NodeKind.End, end?.Place ?? nowhere, end?.Open.Earliest ?? 0, Math.Min(vehicle.Shift.Latest, end?.Open.Latest ?? TimeWindow.Horizon), 0));
        data.FirstReload = compiled.VisitCount + _depots.Count;
        data.MaxReloads = vehicle.ReloadDepots.Count == 0 ? 0 : Math.Min(vehicle.MaxTrips - 1, Math.Min(MaxReloadsPerVehicle, _problem.Jobs.Count));
        data.ReloadDepotCount = data.MaxReloads == 0 ? 0 : vehicle.ReloadDepots.Count;
        foreach (int d in vehicle.ReloadDepots)
        {
            var depot = _problem.Depots[d];
            for (int i = 0; i < data.MaxReloads; i++)
                _depots.Add(Depot(NodeKind.Reload, depot.Place, depot.Open.Earliest, depot.Open.Latest, depot.LoadingSecondsPerTrip) with { Depot = d });
        }
    }

    private static NodeData Depot(NodeKind kind, int place, int earliest, int latest, int loading) => new()
    {
        Place = place,
        Site = -1,
        Alternative = -1,
        Mate = -1,
        Earliest = earliest,
        Latest = latest,
        Handling = loading,
        Kind = kind,
    };

    private int FindStartPlace(Vehicle vehicle, int nowhere)
    {
        if (vehicle.Committed is { } committed && (committed.StartedAt is not null || vehicle.StartDepot is null))
        {
            if (committed.Position is { } position) return position;
            if (committed.StartedAt is not null && committed.Frozen.Count > 0)
            {
                var last = committed.Frozen[^1];
                return _problem.Jobs[last.Job].Alternatives[last.Alternative].Visits[last.Visit].Place;
            }
        }

        return vehicle.StartDepot is { } depot ? _problem.Depots[depot].Place : nowhere;
    }

    /// <summary>Seconds between the route's start and its first free leg: loading, or what history has used.</summary>
    private int FindLoadingSeconds(Vehicle vehicle)
    {
        if (vehicle.Committed is { StartedAt: { } startedAt } committed)
            return Math.Max(committed.ReadyAt, committed.Frozen.Count > 0 ? committed.Frozen[^1].Departure : startedAt) - startedAt;
        return vehicle.StartDepot is { } depot ? _problem.Depots[depot].LoadingSecondsPerTrip : 0;
    }

    private long SumOnBoard(Vehicle vehicle, int k)
    {
        if (vehicle.Committed is not { } committed) return 0;
        long sum = 0;
        foreach (var frozen in committed.Frozen)
        {
            var visits = _problem.Jobs[frozen.Job].Alternatives[frozen.Alternative].Visits;
            long amount = k < visits[0].Pickup.Count ? visits[0].Pickup[k] : 0;
            sum += frozen.Visit == 0 ? amount : -amount;
        }

        foreach (int job in committed.Loaded)
        {
            var visits = _problem.Jobs[job].Alternatives[0].Visits;
            if (visits.Count == 1 && k < visits[0].Delivery.Count) sum += visits[0].Delivery[k];
        }

        return sum;
    }

    private static string Describe(Vehicle vehicle)
    {
        if (vehicle.Committed is not null) return vehicle.Id + "*committed";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{vehicle with { Id = "", Capacity = [], Skills = [], Zones = null, ReloadDepots = [], Breaks = [] }}");
        text.AppendJoin(',', vehicle.Capacity).Append('|').AppendJoin(',', vehicle.Skills).Append('|');
        text.AppendJoin(',', vehicle.Zones ?? [-1]).Append('|').AppendJoin(',', vehicle.ReloadDepots).Append('|');
        foreach (var rest in vehicle.Breaks)
        {
            text.Append(CultureInfo.InvariantCulture, $"{rest.DurationSeconds} {rest.IsWaivedIfRouteEndsBefore} ");
            text.AppendJoin(',', rest.Windows).Append('/').AppendJoin(',', rest.MaxLoad).Append(';');
        }

        return text.ToString();
    }
}
