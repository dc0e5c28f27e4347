using Logistics.OrTools.Modelling;

namespace Logistics.Planning.Exact.Rosters;

/// <summary>A roster problem as a CP-SAT model: one truth per courier, day, shift and vehicle class.</summary>
/// <remarks>
/// What the law, absence and the fleet say is a constraint; demand and locks are constraints that may be broken at a price, so
/// that every problem has a solution and the price says what is impossible. Vehicles of a class that are legal on a day are
/// interchangeable, so the model only counts them (<see cref="VehicleAllocation"/> hands out plates).
/// </remarks>
internal sealed class RosterModel
{
    private readonly RosterProblem _problem;
    private readonly Dictionary<(int Courier, int Day), List<RosterOption>> _byCell = [];

    public RosterModel(RosterProblem problem)
    {
        _problem = problem;
        Shortages = new IntVar?[problem.Demand.Count];
        Kept = new Literal?[problem.Locks.Count];
        LockPrice = 1 + problem.Demand.Sum(d => (long)d.Couriers * (d.EndMinute - d.StartMinute) * d.Priority);
        for (var courier = 0; courier < problem.Couriers.Count; courier++)
            for (var day = 0; day < problem.Days; day++)
                AddOptions(courier, day);
        AddLocks();
        AddLegalLimits();
        AddFleetLimits();
        AddDemand();
    }

    public CpModelBuilder Builder { get; } = new("roster");

    /// <summary>Everything that somebody could do.</summary>
    public List<RosterOption> Options { get; } = [];

    /// <summary>Missing couriers per demand; null where none can be missing because none are needed.</summary>
    public IntVar?[] Shortages { get; }

    /// <summary>Whether each lock is kept; null where it cannot be.</summary>
    public Literal?[] Kept { get; }

    /// <summary>Price of a broken lock: more than all shortages together.</summary>
    public long LockPrice { get; }

    /// <summary>The options of one cell of the calendar.</summary>
    public IReadOnlyList<RosterOption> OptionsOf(int courier, int day) => _byCell[(courier, day)];

    /// <summary>The options of a lock's cell.</summary>
    public IReadOnlyList<RosterOption> OptionsOf(RosterLock cell) => _byCell[(CourierOf(cell), cell.Day)];

    /// <summary>Index of a lock's courier.</summary>
    public int CourierOf(RosterLock cell) => IndexOf(_problem.Couriers, c => c.Id == cell.CourierId);

    /// <summary>Price of broken locks and missing couriers; the first thing to minimise.</summary>
    public LinearSum Brokenness()
    {
        var sum = new LinearSum();
        foreach (var kept in Kept)
        {
            if (kept is { } literal) sum.Add(literal.Not, LockPrice);
            else sum.Add(LockPrice);
        }

        foreach (var (demand, shortage) in _problem.Demand.Zip(Shortages))
            if (shortage is { } missing) sum.Add(missing, (long)(demand.EndMinute - demand.StartMinute) * demand.Priority);
        return sum;
    }

    private void AddOptions(int courier, int day)
    {
        var person = _problem.Couriers[courier];
        var cell = _byCell[(courier, day)] = [];
        if (person.AbsentDays.Contains(day)) return;
        for (var shift = 0; shift < _problem.Shifts.Count; shift++)
        {
            var template = _problem.Shifts[shift];
            if (template.PaidMinutes > Math.Min(person.MaxDayMinutes, _problem.Rules.MaxDayMinutes)) continue;
            // Rest since the shift before the first day.
            if (person.RestedMinutesBefore + (day * 1440) + template.StartMinute < RestOf(courier)) continue;
            if (template.VehicleClasses.Count == 0) cell.Add(NewOption(courier, day, shift, null, null));
            foreach (var vehicleClass in template.VehicleClasses.Where(person.VehicleClasses.Contains))
                cell.Add(NewOption(courier, day, shift, vehicleClass, null));
        }
    }

    private RosterOption NewOption(int courier, int day, int shift, string? vehicleClass, int? vehicle)
    {
        var option = new RosterOption(Options.Count, courier, day, shift, vehicleClass, vehicle, Builder.NewBool());
        Options.Add(option);
        return option;
    }

    private void AddLocks()
    {
        for (var i = 0; i < _problem.Locks.Count; i++)
        {
            var fixedCell = _problem.Locks[i];
            var courier = CourierOf(fixedCell);
            var cell = _byCell[(courier, fixedCell.Day)];
            var kept = Builder.NewBool();
            if (fixedCell.ShiftId is null)
            {
                foreach (var option in cell) Builder.AddImplication(kept, option.IsTaken.Not);
                Kept[i] = kept;
                continue;
            }

            var shift = IndexOf(_problem.Shifts, s => s.Id == fixedCell.ShiftId);
            var wanted = fixedCell.VehicleId is null
                ? cell.Where(o => o.Shift == shift && o.Vehicle is null).ToList()
                : AddLockedVehicle(cell, courier, fixedCell.Day, shift, fixedCell.VehicleId);
            if (wanted.Count == 0) continue;
            Builder.AddOr([kept.Not, .. wanted.Select(o => o.IsTaken)]);
            // A locked vehicle is for its lock only.
            foreach (var option in wanted.Where(o => o.Vehicle is not null)) Builder.AddImplication(option.IsTaken, kept);
            Kept[i] = kept;
        }

        foreach (var pair in Options.Where(o => o.Vehicle is not null).GroupBy(o => (o.Day, o.Vehicle)))
            foreach (var (a, b) in from a in pair from b in pair where a.Courier < b.Courier && Overlap(a, b) select (a, b))
                Builder.AddAtMostOne([a.IsTaken, b.IsTaken]);
    }

    private List<RosterOption> AddLockedVehicle(List<RosterOption> cell, int courier, int day, int shift, string vehicleId)
    {
        var index = IndexOf(_problem.Vehicles, v => v.Id == vehicleId);
        var vehicle = _problem.Vehicles[index];
        if (vehicle.BarredDays.Contains(day) || !cell.Any(o => o.Shift == shift && o.VehicleClass == vehicle.Class)) return [];
        var option = NewOption(courier, day, shift, vehicle.Class, index);
        cell.Add(option);
        return [option];
    }

    private void AddLegalLimits()
    {
        var rules = _problem.Rules;
        for (var courier = 0; courier < _problem.Couriers.Count; courier++)
        {
            var person = _problem.Couriers[courier];
            for (var day = 0; day < _problem.Days; day++)
            {
                Builder.AddAtMostOne(_byCell[(courier, day)].Select(o => o.IsTaken));
                if (day + 1 < _problem.Days) AddRest(courier, day);
            }

            var mostDays = Math.Min(person.MaxDays, 7 - rules.MinDaysOff);
            AddWindows(courier, 7, mostDays);
            AddWindows(courier, rules.MaxConsecutiveDays + 1, rules.MaxConsecutiveDays);
            AddRunBefore(courier, rules.MaxConsecutiveDays + 1, rules.MaxConsecutiveDays);
            AddRunBefore(courier, 7, mostDays);
            for (var first = 0; first == 0 || first + 7 <= _problem.Days; first++)
                Builder.AddLinear(PaidMinutes(courier, first, Math.Min(7, _problem.Days - first)), 0, MostPaid(courier, mostDays, rules.MaxWeekMinutes));
            if (person.MaxMinutes < int.MaxValue)
                Builder.AddLinear(PaidMinutes(courier, 0, _problem.Days), 0, MostPaid(courier, _problem.Days > 7 ? _problem.Days : mostDays, person.MaxMinutes));
        }
    }

    /// <summary>The most that whole shifts on <paramref name="days"/> days come to within <paramref name="limit"/>.</summary>
    /// <remarks>44 hours are five shifts of eight and nothing more where the shortest has 4.5: without this the relaxation fills them, and the least shortage takes long to prove.</remarks>
    private int MostPaid(int courier, int days, int limit)
    {
        var shifts = Enumerable.Range(0, _problem.Days).SelectMany(day => _byCell[(courier, day)]).Select(o => _problem.Shifts[o.Shift].PaidMinutes).Distinct().ToList();
        var sums = new HashSet<int> { 0 };
        for (var day = 0; day < days; day++)
            sums.UnionWith([.. from sum in sums from shift in shifts where sum + shift <= limit select sum + shift]);
        return sums.Max();
    }

    /// <summary>For each late shift, no shift of the next day that starts before the rest is over.</summary>
    private void AddRest(int courier, int day)
    {
        foreach (var today in _byCell[(courier, day)].GroupBy(o => o.Shift))
        {
            var free = _problem.Shifts[today.Key].EndMinute + RestOf(courier) - 1440;
            var tooEarly = _byCell[(courier, day + 1)].Where(o => _problem.Shifts[o.Shift].StartMinute < free).ToList();
            // At most one of both days together: each day has at most one anyway, which makes this the strongest form.
            if (tooEarly.Count > 0) Builder.AddAtMostOne(today.Concat(tooEarly).Select(o => o.IsTaken));
        }
    }

    private int RestOf(int courier) => Math.Max(_problem.Rules.MinRestMinutes, _problem.Couriers[courier].MinRestMinutes);

    private void AddWindows(int courier, int length, int most)
    {
        for (var first = 0; first + length <= _problem.Days; first++)
            Builder.AddLinear(WorkedDays(courier, first, length), 0, most);
    }

    /// <summary>The windows that began in the days worked before the first day.</summary>
    private void AddRunBefore(int courier, int length, int most)
    {
        for (var before = 1; before <= Math.Min(length - 1, _problem.Couriers[courier].DaysWorkedBefore); before++)
            if (length - before <= _problem.Days)
                Builder.AddLinear(WorkedDays(courier, 0, length - before), 0, Math.Max(0, most - before));
    }

    private LinearSum WorkedDays(int courier, int first, int count) =>
        LinearSum.CountOf(Enumerable.Range(first, count).SelectMany(day => _byCell[(courier, day)]).Select(o => o.IsTaken));

    /// <summary>Paid minutes of a courier on <paramref name="count"/> days.</summary>
    public LinearSum PaidMinutes(int courier, int first, int count)
    {
        var sum = new LinearSum();
        foreach (var option in Enumerable.Range(first, count).SelectMany(day => _byCell[(courier, day)]))
            sum.Add(option.IsTaken, _problem.Shifts[option.Shift].PaidMinutes);
        return sum;
    }

    private void AddFleetLimits()
    {
        // Use is greatest when a shift starts, so those moments suffice.
        var starts = _problem.Shifts.Select(s => s.StartMinute).Distinct().ToList();
        foreach (var group in Options.Where(o => o.VehicleClass is not null && o.Vehicle is null).GroupBy(o => (o.Day, Class: o.VehicleClass!)))
        {
            var legal = VehicleAllocation.ListPool(_problem, group.Key.Day, group.Key.Class).Count;
            foreach (var start in starts)
            {
                var running = group.Where(o => _problem.Shifts[o.Shift].StartMinute <= start && start < _problem.Shifts[o.Shift].EndMinute).ToList();
                if (running.Count > legal) Builder.AddLinear(LinearSum.CountOf(running.Select(o => o.IsTaken)), 0, legal);
            }
        }
    }

    private void AddDemand()
    {
        for (var i = 0; i < _problem.Demand.Count; i++)
        {
            var demand = _problem.Demand[i];
            if (demand.Couriers == 0) continue;
            var missing = Builder.NewInt(0, demand.Couriers);
            Builder.AddLinear(Covering(demand).Add(missing), demand.Couriers, CpModelBuilder.NoMax);
            Shortages[i] = missing;
        }
    }

    /// <summary>How many couriers serve <paramref name="demand"/>.</summary>
    public LinearSum Covering(RosterDemand demand) => LinearSum.CountOf(Options.Where(o => Serves(o, demand)).Select(o => o.IsTaken));

    /// <summary>Whether whoever takes <paramref name="option"/> counts for <paramref name="demand"/>.</summary>
    public bool Serves(RosterOption option, RosterDemand demand) =>
        option.Day == demand.Day
        && _problem.Shifts[option.Shift].StartMinute <= demand.StartMinute && _problem.Shifts[option.Shift].EndMinute >= demand.EndMinute
        && (demand.Skill is null || _problem.Couriers[option.Courier].Skills.Contains(demand.Skill))
        && (demand.Hub is null || _problem.Couriers[option.Courier].Hub == demand.Hub)
        && (demand.VehicleClass is null || option.VehicleClass == demand.VehicleClass);

    private bool Overlap(RosterOption a, RosterOption b) =>
        _problem.Shifts[a.Shift].StartMinute < _problem.Shifts[b.Shift].EndMinute && _problem.Shifts[b.Shift].StartMinute < _problem.Shifts[a.Shift].EndMinute;

    private static int IndexOf<T>(IReadOnlyList<T> items, Func<T, bool> isIt)
    {
        for (var i = 0; i < items.Count; i++)
            if (isIt(items[i])) return i;
        throw new InvalidOperationException("The problem was not validated: an id is unknown.");
    }
}

/// <summary>A courier's possible shift on a day.</summary>
/// <param name="Number">Its place among the model's options.</param>
/// <param name="Courier">Index of the courier.</param>
/// <param name="Day">Day.</param>
/// <param name="Shift">Index of the shift.</param>
/// <param name="VehicleClass">Class driven; null for work without a vehicle.</param>
/// <param name="Vehicle">Index of the one vehicle that a lock names; null for any of the class.</param>
/// <param name="IsTaken">Whether the roster holds it.</param>
internal sealed record RosterOption(int Number, int Courier, int Day, int Shift, string? VehicleClass, int? Vehicle, Literal IsTaken);
