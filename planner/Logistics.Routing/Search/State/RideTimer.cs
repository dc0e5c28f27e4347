using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Judges how long rides take, and makes pickups wait where a ride would be too long.</summary>
internal sealed class RideTimer(CompiledProblem problem)
{
    /// <summary>Moves pickups later where their ride would be too long; true when something moved.</summary>
    /// <param name="notBefore">Earliest start by position; raised.</param>
    /// <param name="total">Seconds by which rides were too long.</param>
    public bool Delay(ReadOnlySpan<int> nodes, int[] starts, int[] departures, int[] notBefore, out long total)
    {
        total = 0;
        bool isMoved = false;
        for (int i = 1; i < nodes.Length; i++)
        {
            ref readonly var node = ref problem.Nodes[nodes[i]];
            if (node.Kind != NodeKind.Visit || node.IsDropOff || node.Mate < 0 || problem.Jobs.MaxRide[node.Alternative] is var most && most < 0) continue;
            int mate = nodes.IndexOf(node.Mate);
            if (mate < 0 || departures[mate] == 0) continue;
            int excess = starts[mate] - departures[i] - most;
            int wanted = starts[i] + excess;
            if (excess <= 0 || wanted <= notBefore[i] || wanted > node.Latest) continue;
            notBefore[i] = wanted;
            total += excess;
            isMoved = true;
        }

        return isMoved;
    }

    /// <summary>True when no ride takes longer than it may.</summary>
    public bool Fit(ReadOnlySpan<int> nodes, int[] starts, int[] departures)
    {
        for (int i = 1; i < nodes.Length; i++)
        {
            ref readonly var node = ref problem.Nodes[nodes[i]];
            if (node.Kind != NodeKind.Visit || problem.Jobs.MaxRide[node.Alternative] is var most && most < 0) continue;
            if (!node.IsDropOff && nodes.IndexOf(node.Mate) is var mate && mate > 0 && starts[mate] - departures[i] > most) return false;
            if (node.IsDropOff && node.Mate < 0 && starts[i] - problem.Jobs.PickedUpAt[problem.Jobs.JobOf[node.Alternative]] > most) return false;
        }

        return true;
    }
}
