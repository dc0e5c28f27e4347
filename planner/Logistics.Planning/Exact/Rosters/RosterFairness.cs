namespace Logistics.Planning.Exact.Rosters;

/// <summary>How many unpopular shifts are a fair share.</summary>
public static class RosterFairness
{
    /// <summary>Unpopular shifts that each courier, in the problem's order, may work this time before it counts as unfair.</summary>
    /// <remarks>All that are needed now and were worked in the weeks before, divided evenly and rounded up, less one's own before.</remarks>
    public static int[] Shares(RosterProblem problem)
    {
        // Couriers of one hub cannot take another's late shifts.
        if (RosterParts.Split(problem) is { Count: > 1 } parts)
        {
            var byCourier = parts.SelectMany(p => p.Couriers.Zip(Shares(p), (c, share) => (c.Id, share))).ToDictionary(p => p.Id, p => p.share, StringComparer.Ordinal);
            return [.. problem.Couriers.Select(c => byCourier[c.Id])];
        }

        // A day needs as many unpopular duties as its busiest period that no other shift covers, hub by hub where the demand is by hub.
        var needed = problem.Demand
            .Where(d => !problem.Shifts.Any(s => !s.IsUnpopular && s.StartMinute <= d.StartMinute && s.EndMinute >= d.EndMinute))
            .GroupBy(d => d.Day)
            .Sum(day => Math.Max(
                day.Where(d => d.Hub is null).Select(d => d.Couriers).DefaultIfEmpty().Max(),
                day.Where(d => d.Hub is not null).GroupBy(d => d.Hub, StringComparer.Ordinal).Sum(hub => hub.Max(d => d.Couriers))));
        var all = needed + problem.Couriers.Sum(c => c.UnpopularBefore);
        var share = problem.Couriers.Count == 0 ? 0 : (all + problem.Couriers.Count - 1) / problem.Couriers.Count;
        return [.. problem.Couriers.Select(c => Math.Max(0, share - c.UnpopularBefore))];
    }
}
