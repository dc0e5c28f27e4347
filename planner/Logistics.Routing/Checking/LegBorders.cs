using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Lists by how many seconds a leg must leave later to be driven differently: where leaving or arriving meets a band's border or a closure.</summary>
internal static class LegBorders
{
    public static IEnumerable<long> List(TravelProfile travel, int from, int to, DrivenLeg leg)
    {
        if (from == to) yield break;
        int cell = travel.LegIndex(from, to);
        if (cell < 0) yield break;
        if (travel.Bands is { } bands)
        {
            int[] factors = bands.FactorPermille[bands.LegClass?[cell] ?? 0];
            int leaving = bands.FromSeconds.Count(border => border <= leg.Leaves), arriving = bands.FromSeconds.Count(border => border <= leg.Arrives);
            foreach (int border in bands.FromSeconds)
            {
                yield return (long)border - leg.Leaves;
                // While both ends stay in their bands, a second at the one is factor ÷ factor seconds at the other.
                long shift = ((long)border - leg.Arrives) * factors[leaving] / Math.Max(1, factors[arriving]);
                yield return shift;
                yield return shift + 1;
            }
        }

        if (travel.Closures is not { } closures || closures.SetOfLeg[cell] == 0) yield break;
        foreach (var closed in closures.Sets[closures.SetOfLeg[cell] - 1])
        {
            yield return (long)closed.From - leg.Arrives;
            yield return (long)closed.From - leg.Arrives + 1;
            yield return (long)closed.Until - leg.Leaves;
            // A detour is driven until waiting for the opening arrives no later.
            if (leg.IsDetour && LegRule.Drive(travel, from, to, closed.Until) is { } opened) yield return (long)opened.Arrives - leg.Arrives;
        }
    }
}
