using System.Runtime.CompilerServices;
using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>When an activity with several windows can start.</summary>
internal static class Timing
{
    public const int Never = int.MaxValue;

    /// <summary>First start at or after <paramref name="arrival"/>, or <see cref="Never"/>.</summary>
    public static int FirstStart(TimeWindow[] windows, in NodeData node, int arrival)
    {
        for (int w = node.FirstWindow; w < node.FirstWindow + node.WindowCount; w++)
            if (arrival <= windows[w].Latest) return Math.Max(arrival, windows[w].Earliest);
        return Never;
    }

    /// <summary>Last start at or before <paramref name="bound"/>, or −1.</summary>
    public static int LastStart(TimeWindow[] windows, in NodeData node, int bound)
    {
        for (int w = node.FirstWindow + node.WindowCount - 1; w >= node.FirstWindow; w--)
            if (bound >= windows[w].Earliest) return Math.Min(bound, windows[w].Latest);
        return -1;
    }

    /// <summary>Departure from a visit reached at <paramref name="arrival"/>, or <see cref="Never"/> when it comes too late.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Depart(TimeWindow[] windows, in NodeData node, int arrival, bool isSamePlace, bool isStay)
    {
        int start = arrival;
        if (!(isStay && node.IsOnArrival))
        {
            if (node.WindowCount == 0) start = Math.Max(arrival, node.Earliest);
            else start = FirstStart(windows, node, arrival);
            if (start > node.Latest) return Never;
        }

        long departure = (long)start + (isSamePlace ? 0 : node.Setup) + node.Handling;
        return departure > CompiledProblem.Horizon ? Never : (int)departure;
    }
}
