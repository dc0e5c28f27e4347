namespace Logistics.Planning.Exact.Rosters;

/// <summary>A lawful roster at once, by greed: a start for the solver, and an answer where its time is too short for a first one.</summary>
internal sealed class RosterStart
{
    private readonly RosterProblem _problem;
    private readonly RosterModel _model;
    private readonly long[] _values;
    private readonly RosterRooms _rooms;
    private readonly bool[] _isBlocked; // by variable
    private readonly int[] _missing; // by demand

    private RosterStart(RosterProblem problem, RosterModel model)
    {
        (_problem, _model) = (problem, model);
        var proto = model.Builder.Model;
        _values = new long[proto.Variables.Count];
        _isBlocked = new bool[proto.Variables.Count];
        _rooms = new RosterRooms(proto);
        _missing = [.. problem.Demand.Select(d => d.Couriers)];
    }

    /// <summary>A value for every variable that <paramref name="model"/> has so far; satisfies all its constraints.</summary>
    public static long[] Find(RosterProblem problem, RosterModel model)
    {
        var start = new RosterStart(problem, model);
        start.KeepLocks();
        start.CoverDemand();
        for (var i = 0; i < model.Shortages.Length; i++)
            if (model.Shortages[i] is { } shortage) start._values[shortage.Index] = Math.Max(0, start._missing[i]);
        return start._values;
    }

    private bool Fits(RosterOption option) =>
        !_isBlocked[option.IsTaken.Index] && _values[option.IsTaken.Index] == 0 && _rooms.Fits(option.IsTaken.Index);

    private void Take(RosterOption option)
    {
        _values[option.IsTaken.Index] = 1;
        _rooms.TryTake(option.IsTaken.Index);
        for (var i = 0; i < _missing.Length; i++)
            if (_model.Serves(option, _problem.Demand[i])) _missing[i]--;
    }

    private void KeepLocks()
    {
        // Days off first: they take nothing from anybody.
        foreach (var i in Enumerable.Range(0, _problem.Locks.Count).OrderBy(i => _problem.Locks[i].ShiftId is not null))
        {
            var (fixedCell, kept) = (_problem.Locks[i], _model.Kept[i]);
            if (kept is not { } literal) continue;
            var cell = _model.OptionsOf(fixedCell);
            if (fixedCell.ShiftId is null)
            {
                foreach (var option in cell) _isBlocked[option.IsTaken.Index] = true;
                _values[literal.Index] = 1;
                continue;
            }

            var wanted = cell.FirstOrDefault(o => _problem.Shifts[o.Shift].Id == fixedCell.ShiftId && o.Vehicle is not null == fixedCell.VehicleId is not null && Fits(o));
            if (wanted is null) continue;
            Take(wanted);
            _values[literal.Index] = 1;
        }
    }

    private void CoverDemand()
    {
        var open = _model.Options.Where(o => o.Vehicle is null).ToList();
        var serves = open.Select(o => Enumerable.Range(0, _missing.Length).Where(i => _model.Serves(o, _problem.Demand[i])).ToArray()).ToArray();
        var minutes = new int[_problem.Couriers.Count];
        while (true)
        {
            var (best, bestGain) = (-1, 0.0);
            for (var i = 0; i < open.Count; i++)
            {
                var gain = 0.0;
                foreach (var d in serves[i])
                    if (_missing[d] > 0) gain += (double)(_problem.Demand[d].EndMinute - _problem.Demand[d].StartMinute) * _problem.Demand[d].Priority;
                if (gain == 0) continue;
                // Between equals, whoever is furthest below the contract.
                gain += 1.0 / (2 + Math.Max(0, minutes[open[i].Courier] - _problem.Couriers[open[i].Courier].ContractMinutes + 6000));
                if (gain > bestGain && Fits(open[i])) (best, bestGain) = (i, gain);
            }

            if (best < 0) return;
            Take(open[best]);
            minutes[open[best].Courier] += _problem.Shifts[open[best].Shift].PaidMinutes;
        }
    }
}
