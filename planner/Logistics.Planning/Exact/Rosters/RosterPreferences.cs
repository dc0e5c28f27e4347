using Logistics.OrTools.Modelling;

namespace Logistics.Planning.Exact.Rosters;

/// <summary>What makes one lawful, equally covering roster better than another: wishes, contracts, surplus, fairness.</summary>
/// <remarks>The sum is sixty times the points of <see cref="RosterWeights"/>, so that minutes stay integers.</remarks>
internal sealed class RosterPreferences
{
    /// <summary>Objective units per point.</summary>
    public const int Scale = 60;

    private readonly RosterProblem _problem;
    private readonly RosterModel _model;
    private readonly List<(IntVar Variable, Func<IReadOnlyList<long>, long> Value)> _definitions = [];

    /// <summary>Adds the variables of the second objective to <paramref name="model"/>.</summary>
    public RosterPreferences(RosterProblem problem, RosterModel model)
    {
        (_problem, _model) = (problem, model);
        AddWishes();
        AddContracts();
        AddSurplus();
        AddFairness();
    }

    /// <summary>What is to be minimised.</summary>
    public LinearSum Sum { get; } = new();

    /// <summary>A solution of the first step with the least values of this step's variables behind it.</summary>
    public long[] Complete(IReadOnlyList<long> firstStep)
    {
        var values = new long[_model.Builder.Model.Variables.Count];
        for (var i = 0; i < firstStep.Count; i++) values[i] = firstStep[i];
        foreach (var (variable, value) in _definitions) values[variable.Index] = value(values);
        return values;
    }

    /// <summary>A variable that is how far a sum lies above a limit, and 0 below it.</summary>
    private IntVar NewExcess(LinearSum sum, long limit, long most)
    {
        var excess = _model.Builder.NewInt(0, most);
        _definitions.Add((excess, values => Math.Max(0, sum.ValueIn(values) - limit)));
        _model.Builder.AddLinear(sum.Plus(excess, -1), CpModelBuilder.NoMin, limit);
        return excess;
    }

    /// <summary>Price of taking each option as far as wishes go, and what the wishes cost if nobody works.</summary>
    public static (long[] ByOption, long Constant) WishPrices(RosterProblem problem, RosterModel model)
    {
        var couriers = problem.Couriers.Select((c, i) => (c.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        var (byOption, constant) = (new long[model.Options.Count], 0L);
        foreach (var wish in problem.Wishes)
        {
            var price = (long)wish.Weight * problem.Weights.Wish * Scale;
            foreach (var day in wish.Day is { } one ? [one] : Enumerable.Range(0, problem.Days))
            {
                // At most one option of a cell is taken, so their sum is whether the wish is touched.
                if (wish.Kind == RosterWishKind.Want) constant += price;
                foreach (var option in model.OptionsOf(couriers[wish.CourierId], day).Where(o => wish.ShiftId is null || problem.Shifts[o.Shift].Id == wish.ShiftId))
                    byOption[option.Number] += wish.Kind == RosterWishKind.Want ? -price : price;
            }
        }

        return (byOption, constant);
    }

    /// <summary>Whether more couriers than <paramref name="demand"/> needs cost points.</summary>
    public static bool CountsSurplus(RosterDemand demand) => demand.Skill is null && demand.VehicleClass is null;

    private void AddWishes()
    {
        var (byOption, constant) = WishPrices(_problem, _model);
        Sum.Add(constant);
        foreach (var option in _model.Options) Sum.Add(option.IsTaken, byOption[option.Number]);
    }

    private void AddContracts()
    {
        for (var courier = 0; courier < _problem.Couriers.Count; courier++)
        {
            var contract = _problem.Couriers[courier].ContractMinutes;
            var minutes = _model.PaidMinutes(courier, 0, _problem.Days);
            // Counting in the largest unit that divides every value keeps the numbers small.
            var unit = _problem.Shifts.Aggregate(contract, (a, s) => (int)System.Numerics.BigInteger.GreatestCommonDivisor(a, s.PaidMinutes));
            if (unit == 0) continue;
            var under = _model.Builder.NewInt(0, contract / unit);
            var over = _model.Builder.NewInt(0, _problem.Days * 1440 / unit);
            _definitions.Add((under, values => Math.Max(0, contract - minutes.ValueIn(values)) / unit));
            _definitions.Add((over, values => Math.Max(0, minutes.ValueIn(values) - contract) / unit));
            _model.Builder.AddLinear(minutes.Plus(under, unit).Plus(over, -unit), contract, contract);
            Sum.Add(under, (long)_problem.Weights.HourUnderContract * unit).Add(over, (long)_problem.Weights.HourOverContract * unit);
        }
    }

    private void AddSurplus()
    {
        foreach (var demand in _problem.Demand.Where(CountsSurplus))
        {
            var covering = _model.Covering(demand);
            if (covering.Count == 0) continue;
            var surplus = NewExcess(covering, demand.Couriers, Math.Min(covering.Count, _problem.Couriers.Count));
            Sum.Add(surplus, (long)_problem.Weights.SurplusHour * (demand.EndMinute - demand.StartMinute));
        }
    }

    private void AddFairness()
    {
        var shares = RosterFairness.Shares(_problem);
        for (var courier = 0; courier < _problem.Couriers.Count; courier++)
        {
            var unpopular = LinearSum.CountOf(_model.Options.Where(o => o.Courier == courier && _problem.Shifts[o.Shift].IsUnpopular).Select(o => o.IsTaken));
            if (unpopular.Count > 0) Sum.Add(NewExcess(unpopular, shares[courier], _problem.Days), (long)_problem.Weights.UnpopularAboveShare * Scale);
        }
    }
}
