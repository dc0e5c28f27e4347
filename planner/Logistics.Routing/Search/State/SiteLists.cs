using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>The routed nodes of each site, as doubly linked lists in arrays.</summary>
internal sealed class SiteLists
{
    private readonly NodeData[] _data;
    private readonly int[] _previous;

    public SiteLists(CompiledProblem problem)
    {
        _data = problem.Nodes;
        First = new int[problem.SitePlace.Length];
        Next = new int[problem.VisitCount];
        _previous = new int[problem.VisitCount];
        Array.Fill(First, -1);
    }

    /// <summary>First routed node of a site, or −1.</summary>
    public int[] First { get; }

    /// <summary>Next routed node of the same site, or −1.</summary>
    public int[] Next { get; }

    public void Add(int node)
    {
        int site = _data[node].Site, head = First[site];
        Next[node] = head;
        _previous[node] = -1;
        if (head >= 0) _previous[head] = node;
        First[site] = node;
    }

    public void Remove(int node)
    {
        int next = Next[node], previous = _previous[node];
        if (previous >= 0) Next[previous] = next;
        else First[_data[node].Site] = next;
        if (next >= 0) _previous[next] = previous;
    }
}
