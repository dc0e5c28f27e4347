using Logistics.OrTools.Modelling;

namespace Logistics.Planning.Exact.Rosters;

/// <summary>What makes one lawful, equally covering roster better than another: wishes, contracts, surplus, fairness.</summary>
/// <remarks>The sum is sixty times the points of <see cref="RosterWeights"/>, so that minutes stay integers.</remarks>
internal static class RosterPreferences
{
    /// <summary>Objective units per point.</summary>
    public const int Scale = 60;

    /// <summary>Adds the variables of the second objective to <paramref name="model"/>.</summary>
    public static LinearSum Add(RosterProblem problem, RosterModel model)
    {
        var sum = new LinearSum();
        AddWishes(problem, model, sum);
        AddContracts(problem, model, sum);
        AddSurplus(problem, model, sum);
        AddFairness(problem, model, sum);
        return sum;
    }

    private static void AddWishes(RosterProblem problem, RosterModel model, LinearSum sum)
    {
        var couriers = problem.Couriers.Select((c, i) => (c.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        foreach (var wish in problem.Wishes)
        {
            var price = wish.Weight * problem.Weights.Wish * Scale;
            foreach (var day in wish.Day is { } one ? [one] : Enumerable.Range(0, problem.Days))
            {
                var cell = model.OptionsOf(couriers[wish.CourierId], day).Where(o => wish.ShiftId is null || problem.Shifts[o.Shift].Id == wish.ShiftId).ToList();
                // At most one option of a cell is taken, so their sum is whether the wish is touched.
                if (wish.Kind == RosterWishKind.Want) sum.Add((long)price);
                foreach (var option in cell) sum.Add(option.IsTaken, wish.Kind == RosterWishKind.Want ? -price : price);
            }
        }
    }

    private static void AddContracts(RosterProblem problem, RosterModel model, LinearSum sum)
    {
        for (var courier = 0; courier < problem.Couriers.Count; courier++)
        {
            var contract = problem.Couriers[courier].ContractMinutes;
            var minutes = model.PaidMinutes(courier, 0, problem.Days);
            // Counting in the largest unit that divides every value keeps the numbers small.
            var unit = problem.Shifts.Aggregate(contract, (a, s) => (int)System.Numerics.BigInteger.GreatestCommonDivisor(a, s.PaidMinutes));
            if (unit == 0) continue;
            var under = model.Builder.NewInt(0, contract / unit);
            var over = model.Builder.NewInt(0, problem.Days * 1440 / unit);
            model.Builder.AddLinear(minutes.Add(under, unit).Add(over, -unit), contract, contract);
            sum.Add(under, (long)problem.Weights.HourUnderContract * unit).Add(over, (long)problem.Weights.HourOverContract * unit);
        }
    }

    private static void AddSurplus(RosterProblem problem, RosterModel model, LinearSum sum)
    {
        foreach (var demand in problem.Demand.Where(d => d.Skill is null && d.VehicleClass is null))
        {
            var covering = model.Covering(demand);
            if (covering.Count == 0) continue;
            var surplus = model.Builder.NewInt(0, Math.Min(covering.Count, problem.Couriers.Count));
            model.Builder.AddLinear(covering.Add(surplus, -1), CpModelBuilder.NoMin, demand.Couriers);
            sum.Add(surplus, (long)problem.Weights.SurplusHour * (demand.EndMinute - demand.StartMinute));
        }
    }

    private static void AddFairness(RosterProblem problem, RosterModel model, LinearSum sum)
    {
        var shares = RosterFairness.Shares(problem);
        for (var courier = 0; courier < problem.Couriers.Count; courier++)
        {
            var unpopular = model.Options.Where(o => o.Courier == courier && problem.Shifts[o.Shift].IsUnpopular).Select(o => o.IsTaken).ToList();
            if (unpopular.Count == 0) continue;
            var excess = model.Builder.NewInt(0, problem.Days);
            model.Builder.AddLinear(LinearSum.CountOf(unpopular).Add(excess, -1), CpModelBuilder.NoMin, shares[courier]);
            sum.Add(excess, (long)problem.Weights.UnpopularAboveShare * Scale);
        }
    }
}
