namespace Logistics.Planning.Exact.Rosters;

/// <summary>The cost of a roster under construction, kept up to date duty by duty.</summary>
/// <remarks>Same units and same terms as <see cref="RosterModel.Brokenness"/> and <see cref="RosterPreferences"/>; a constant part may be missing.</remarks>
internal sealed class RosterTally
{
    private readonly RosterRooms _rooms;
    private readonly int[][] _serves; // by option: demands
    private readonly long[] _wish; // by option
    private readonly int[] _courierOf, _paid, _unpopular; // by option
    private readonly long[] _missingPrice, _surplusPrice; // by demand
    private readonly int[] _needed, _covering; // by demand
    private readonly int[] _contract, _minutes, _share, _worked; // by courier
    private readonly long _under, _over, _above;

    public RosterTally(RosterProblem problem, RosterModel model, long missingMinute)
    {
        _rooms = new RosterRooms(model.Builder.Model);
        var weights = problem.Weights;
        (_under, _over, _above) = (weights.HourUnderContract, weights.HourOverContract, (long)weights.UnpopularAboveShare * RosterPreferences.Scale);
        _serves = [.. model.Options.Select(o => Enumerable.Range(0, problem.Demand.Count).Where(i => model.Serves(o, problem.Demand[i])).ToArray())];
        _wish = RosterPreferences.WishPrices(problem, model).ByOption;
        _courierOf = [.. model.Options.Select(o => o.Courier)];
        _paid = [.. model.Options.Select(o => problem.Shifts[o.Shift].PaidMinutes)];
        _unpopular = [.. model.Options.Select(o => problem.Shifts[o.Shift].IsUnpopular ? 1 : 0)];
        _variable = [.. model.Options.Select(o => o.IsTaken.Index)];
        _needed = [.. problem.Demand.Select(d => d.Couriers)];
        _missingPrice = [.. problem.Demand.Select(d => missingMinute * (d.EndMinute - d.StartMinute) * d.Priority)];
        _surplusPrice = [.. problem.Demand.Select(d => RosterPreferences.CountsSurplus(d) ? (long)weights.SurplusHour * (d.EndMinute - d.StartMinute) : 0)];
        _covering = new int[_needed.Length];
        _contract = [.. problem.Couriers.Select(c => c.ContractMinutes)];
        _share = RosterFairness.Shares(problem);
        _minutes = new int[_contract.Length];
        _worked = new int[_contract.Length];
        for (var i = 0; i < _needed.Length; i++) Cost += DemandCost(i);
        for (var c = 0; c < _contract.Length; c++) Cost += CourierCost(c);
    }

    private readonly int[] _variable; // by option

    public long Cost { get; private set; }

    public int Missing(int demand) => Math.Max(0, _needed[demand] - _covering[demand]);

    /// <summary>Adds a duty if the model's limits have room for it.</summary>
    public bool TryAdd(int option)
    {
        if (!_rooms.TryTake(_variable[option])) return false;
        Count(option, 1);
        return true;
    }

    public void Remove(int option)
    {
        _rooms.Free(_variable[option]);
        Count(option, -1);
    }

    private void Count(int option, int by)
    {
        var courier = _courierOf[option];
        var change = (by * _wish[option]) - CourierCost(courier);
        _minutes[courier] += by * _paid[option];
        _worked[courier] += by * _unpopular[option];
        change += CourierCost(courier);
        foreach (var demand in _serves[option])
        {
            change -= DemandCost(demand);
            _covering[demand] += by;
            change += DemandCost(demand);
        }

        Cost += change;
    }

    private long DemandCost(int demand)
    {
        var missing = _needed[demand] - _covering[demand];
        return missing > 0 ? missing * _missingPrice[demand] : -missing * _surplusPrice[demand];
    }

    private long CourierCost(int courier)
    {
        var above = _minutes[courier] - _contract[courier];
        return (above < 0 ? -above * _under : above * _over) + (Math.Max(0, _worked[courier] - _share[courier]) * _above);
    }
}
