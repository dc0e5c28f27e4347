using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>Numbers the visits and fills their data, loads, windows and sites.</summary>
internal sealed class NodeCompiler(CompiledProblem compiled)
{
    private readonly List<NodeData> _nodes = [];
    private readonly List<TimeWindow> _windows = [];
    private readonly List<long> _delivery = [];
    private readonly List<long> _pickup = [];
    private readonly Dictionary<(int Place, int Earliest, int Latest, int Group), int> _sites = [];
    private readonly FleetGroups _groups = new(compiled.Source);

    public void Compile()
    {
        var problem = compiled.Source;
        var jobs = compiled.Jobs;
        foreach (int a in PlaceCurve.Order(problem, jobs))
        {
            if (!jobs.IsPossible[a]) continue;
            var alternative = problem.Jobs[jobs.JobOf[a]].Alternatives[jobs.IndexInJob[a]];
            var visits = alternative.Visits;
            int group = _groups.Of(alternative);
            bool isPair = visits.Count == 2;
            bool isHalfDone = isPair && jobs.DoneAlternative[jobs.JobOf[a]] >= 0;
            if (!isHalfDone) jobs.FirstNode[a] = Add(a, group, visits[0], isPair ? visits[0].Pickup : null, isDropOff: false);
            if (!isPair) continue;
            int second = Add(a, group, visits[1], visits[0].Pickup, isDropOff: true);
            if (isHalfDone)
            {
                jobs.FirstNode[a] = second;
                continue;
            }

            jobs.SecondNode[a] = second;
            SetMate(jobs.FirstNode[a], second);
            SetMate(second, jobs.FirstNode[a]);
        }

        compiled.Nodes = [.. _nodes];
        compiled.VisitCount = _nodes.Count;
        compiled.Windows = [.. _windows];
        compiled.Delivery = [.. _delivery];
        compiled.Pickup = [.. _pickup];
        compiled.SitePlace = [.. _sites.Keys.Select(k => k.Place)];
        compiled.SiteEarliest = [.. _sites.Keys.Select(k => k.Earliest)];
        compiled.SiteLatest = [.. _sites.Keys.Select(k => k.Latest)];
        compiled.SiteGroup = [.. _sites.Keys.Select(k => k.Group)];
    }

    private void SetMate(int node, int mate) => _nodes[node] = _nodes[node] with { Mate = mate };

    private int Add(int alternative, int group, Visit visit, IReadOnlyList<long>? pairLoad, bool isDropOff)
    {
        int earliest = visit.Windows.Count == 0 ? 0 : visit.Windows[0].Earliest;
        int latest = visit.Windows.Count == 0 ? TimeWindow.Horizon : visit.Windows[^1].Latest;
        bool isOnBoard = compiled.Jobs.IsLoaded[alternative] && pairLoad is null;
        var key = (visit.Place, earliest, latest, group);
        if (!_sites.TryGetValue(key, out int site)) _sites[key] = site = _sites.Count;
        _nodes.Add(new NodeData
        {
            Place = visit.Place,
            Site = site,
            Alternative = alternative,
            Mate = -1,
            Earliest = earliest,
            Latest = latest,
            FirstWindow = _windows.Count,
            WindowCount = visit.Windows.Count > 1 ? visit.Windows.Count : 0,
            Setup = Math.Min(visit.SetupSeconds, Legs.Blocked),
            Handling = Math.Min(visit.HandlingSeconds, Legs.Blocked),
            DueTime = visit.DueTime ?? int.MaxValue,
            CostPerLateSecond = visit.CostPerLateSecond,
            Kind = NodeKind.Visit,
            IsOnArrival = visit.IsWindowOnStopArrival,
            IsDropOff = isDropOff,
            IsFromDepot = pairLoad is null && !isOnBoard && visit.Delivery.Any(d => d > 0),
        });
        if (visit.Windows.Count > 1) _windows.AddRange(visit.Windows);
        for (int k = 0; k < compiled.Dimensions; k++)
        {
            // What is on board already is not loaded again: it is put off, like the second half of a pair.
            long brought = pairLoad is null ? At(visit.Delivery, k) : 0;
            _delivery.Add(isOnBoard ? 0 : brought);
            _pickup.Add(pairLoad is null ? At(visit.Pickup, k) - (isOnBoard ? brought : 0) : isDropOff ? -At(pairLoad, k) : At(pairLoad, k));
        }

        return _nodes.Count - 1;
    }

    private static long At(IReadOnlyList<long> amounts, int k) => k < amounts.Count ? amounts[k] : 0;
}
