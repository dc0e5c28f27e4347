using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days.Explaining;

/// <summary>Finds how little must be granted for a vehicle to take the asked jobs in: grants everything that bears on the broken rules, then takes back, heaviest first, what is not needed.</summary>
/// <remarks>Every amount is confirmed by a plan of the changed slice that serves everything and the checker's verdict on it: by insertion where that is enough, else by a search that shifts the others, too.</remarks>
internal sealed class SmallestChange(RouteSlice slice, IReadOnlyCollection<int> asked, CancellationToken cancellation)
{
    // Amounts are told in minutes, pieces and hundredths: finer is noise.
    private const int FinestSeconds = 60;

    // Whether inserting is not enough for this vehicle.
    private bool _searches;

    /// <returns>The parts and their size together; null when nothing that was tried helps.</returns>
    public (IReadOnlyList<ChangePart> Parts, double Size)? Find(IReadOnlyList<ViolationKind> broken)
    {
        var grants = Relaxation.For(broken, slice.Problem, asked);
        return grants.Count == 0 ? null : Reduce(grants);
    }

    public (IReadOnlyList<ChangePart> Parts, double Size)? FindFurtherVehicle() => Reduce([Relaxation.FurtherOne]);

    private (IReadOnlyList<ChangePart> Parts, double Size)? Reduce(IReadOnlyList<Relaxation> grants)
    {
        int[] amounts = [.. grants.Select(g => g.Most)];
        _searches = false;
        if (!Serves(grants, amounts))
        {
            _searches = true;
            if (!Serves(grants, amounts)) return null;
        }

        foreach (var i in Enumerable.Range(0, grants.Count).OrderByDescending(i => grants[i].UnitSize * grants[i].Most)) TakeBack(grants, amounts, i);
        return (ChangeParts.Between(slice.Problem, Apply(grants, amounts)), Enumerable.Range(0, grants.Count).Sum(i => amounts[i] * grants[i].UnitSize));
    }

    private void TakeBack(IReadOnlyList<Relaxation> grants, int[] amounts, int index)
    {
        var step = grants[index].Most > FinestSeconds * 10 ? FinestSeconds : 1;
        int enough = amounts[index] / step, tooLittle = -1;
        while (enough - tooLittle > 1)
        {
            var middle = tooLittle + ((enough - tooLittle) / 2);
            amounts[index] = middle * step;
            if (Serves(grants, amounts)) enough = middle;
            else tooLittle = middle;
        }

        amounts[index] = enough * step;
    }

    private bool Serves(IReadOnlyList<Relaxation> grants, int[] amounts)
    {
        var changed = Apply(grants, amounts);
        return (_searches ? SliceTrial.Find(changed, slice.Plan, asked, cancellation) : SliceTrial.Insert(changed, slice.Plan, asked, cancellation)) is not null;
    }

    private Problem Apply(IReadOnlyList<Relaxation> grants, int[] amounts)
    {
        var problem = slice.Problem;
        for (var i = 0; i < grants.Count; i++)
            if (amounts[i] > 0) problem = grants[i].Apply(problem, amounts[i]);
        return problem;
    }
}
