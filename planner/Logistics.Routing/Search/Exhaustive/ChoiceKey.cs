using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.Exhaustive;

/// <summary>The alternatives chosen for free jobs as one number.</summary>
internal static class ChoiceKey
{
    /// <summary>Most jobs and alternatives of a job that fit.</summary>
    public const int MaxJobs = 8;
    public const int MaxAlternatives = 14;

    /// <param name="choice">Alternative of each free job (global index), −1 where it is not served.</param>
    public static ulong Of(CompiledProblem problem, int[] freeJobs, int[] choice)
    {
        ulong key = 0;
        for (int f = 0; f < choice.Length; f++)
            if (choice[f] >= 0) key |= (ulong)(choice[f] - problem.Jobs.First[freeJobs[f]] + 1) << (4 * f);
        return key;
    }
}
