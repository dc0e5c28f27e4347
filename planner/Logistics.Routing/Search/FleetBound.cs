using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search;

/// <summary>Fewest vehicles whose capacity holds what must be served.</summary>
internal static class FleetBound
{
    public static int Find(CompiledProblem problem)
    {
        int fewest = 1;
        for (int k = 0; k < problem.Dimensions && problem.Vehicles.Length > 0; k++)
        {
            long demand = 0, capacity = 0;
            for (int j = 0; j < problem.Jobs.Count; j++)
            {
                if (problem.Jobs.UnservedCost[j] >= 0 || problem.Jobs.IsDone[j]) continue;
                long least = long.MaxValue;
                for (int a = problem.Jobs.First[j]; a < problem.Jobs.First[j + 1]; a++)
                    if (problem.Jobs.IsPossible[a]) least = Math.Min(least, problem.Delivery[(problem.Jobs.FirstNode[a] * problem.Dimensions) + k]);
                demand += least == long.MaxValue ? 0 : least;
            }

            for (int v = 0; v < problem.Vehicles.Length; v++) capacity = Math.Max(capacity, problem.Capacity[(v * problem.Dimensions) + k] * (problem.Vehicles[v].MaxReloads + 1));
            if (capacity > 0) fewest = Math.Max(fewest, (int)((demand + capacity - 1) / capacity));
        }

        return fewest;
    }
}
