using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search;

/// <summary>Writes the steps of one walked route: history first, then visits, reloads and breaks with their loads.</summary>
internal sealed class StepWriter(CompiledProblem compiled, int vehicle)
{
    private readonly List<RouteStep> _steps = [];
    private readonly Problem _problem = compiled.Source;
    private readonly Vehicle _vehicle = compiled.Source.Vehicles[vehicle];
    private readonly long[] _load = new long[compiled.Dimensions];

    public List<RouteStep> Write(TimedRoute timed)
    {
        var nodes = timed.Nodes;
        int rest = 0;
        Load(nodes, 0);
        WriteStart(timed);
        for (int i = 1; i < nodes.Length; i++)
        {
            for (; rest < timed.Rests.Length && timed.Rests[rest].Position < i; rest++) WriteRest(timed, rest);
            WriteNode(timed, nodes, i);
        }

        return _steps;
    }

    private void WriteStart(TimedRoute timed)
    {
        ref readonly var v = ref compiled.Vehicles[vehicle];
        var committed = _vehicle.Committed;
        int departure = v.IsUnderWay ? timed.Starts[0] : timed.Departures[0];
        if (v.IsUnderWay) Undo(committed!);
        _steps.Add(new RouteStep
        {
            Kind = StepKind.Start,
            Place = FindStartPlace(timed),
            Depot = _vehicle.StartDepot ?? -1,
            Arrival = timed.Arrivals[0],
            Start = timed.Starts[0],
            Departure = departure,
            Load = [.. _load],
            DistanceSoFar = v.IsUnderWay ? 0 : v.DistanceBefore,
        });
        if (!v.IsUnderWay) return;
        foreach (var frozen in committed!.Frozen)
        {
            var visit = _problem.Jobs[frozen.Job].Alternatives[frozen.Alternative].Visits[frozen.Visit];
            Handle(frozen.Job, frozen.Alternative, frozen.Visit, 1);
            _steps.Add(new RouteStep
            {
                Kind = StepKind.Visit,
                Place = visit.Place,
                Job = frozen.Job,
                Alternative = frozen.Alternative,
                Visit = frozen.Visit,
                Arrival = frozen.Arrival,
                Start = frozen.Start,
                Departure = frozen.Departure,
                Load = [.. _load],
            });
        }
    }

    /// <summary>Puts the load back to what it was before history began.</summary>
    private void Undo(CommittedRoute committed)
    {
        foreach (var frozen in committed.Frozen) Handle(frozen.Job, frozen.Alternative, frozen.Visit, -1);
    }

    private int FindStartPlace(TimedRoute timed)
    {
        if (_vehicle.StartDepot is { } depot) return _problem.Depots[depot].Place;
        if (_vehicle.Committed?.Position is { } position) return position;
        if (_vehicle.Committed?.Frozen is { Count: > 0 } frozen) return _problem.Jobs[frozen[0].Job].Alternatives[frozen[0].Alternative].Visits[frozen[0].Visit].Place;
        return timed.Nodes.Length > 2 ? compiled.Nodes[timed.Nodes[1]].Place : 0;
    }

    private void WriteRest(TimedRoute timed, int index)
    {
        var (_, arrival, start) = timed.Rests[index];
        var last = _steps[^1];
        int place = compiled.Nodes[timed.Nodes[timed.Rests[index].Position]].Place;
        _steps.Add(new RouteStep
        {
            Kind = StepKind.Break,
            Place = place < _problem.Places.Count ? place : last.Place,
            Break = index,
            Arrival = arrival,
            Start = start,
            Departure = start + _vehicle.Breaks[index].DurationSeconds,
            Load = [.. _load],
            DistanceSoFar = timed.DistancesSoFar[timed.Rests[index].Position],
        });
    }

    private void WriteNode(TimedRoute timed, ReadOnlySpan<int> nodes, int i)
    {
        ref readonly var node = ref compiled.Nodes[nodes[i]];
        int alternative = node.Alternative;
        if (node.Kind == NodeKind.Reload) Load(nodes, i);
        if (node.Kind == NodeKind.Visit)
            for (int k = 0; k < _load.Length; k++) _load[k] += compiled.Pickup[(nodes[i] * _load.Length) + k] - compiled.Delivery[(nodes[i] * _load.Length) + k];
        _steps.Add(new RouteStep
        {
            Kind = node.Kind switch { NodeKind.Visit => StepKind.Visit, NodeKind.Reload => StepKind.Reload, _ => StepKind.End },
            Place = node.Place < _problem.Places.Count ? node.Place : FindLastPlace(nodes, i),
            Job = alternative < 0 ? -1 : compiled.Jobs.JobOf[alternative],
            Alternative = alternative < 0 ? -1 : compiled.Jobs.IndexInJob[alternative],
            Visit = alternative < 0 ? -1 : node.IsDropOff ? 1 : 0,
            Depot = node.Kind == NodeKind.Reload ? node.Depot : node.Kind == NodeKind.End ? _vehicle.EndDepot ?? -1 : -1,
            Arrival = timed.Arrivals[i],
            Start = timed.Starts[i],
            Departure = timed.Departures[i],
            Load = [.. _load],
            DistanceSoFar = timed.DistancesSoFar[i],
        });
    }

    /// <summary>Place a route without an end depot stops at: where the last activity was, or where a vehicle under way stands.</summary>
    private int FindLastPlace(ReadOnlySpan<int> nodes, int i) => compiled.Nodes[nodes[i - 1]].Place is var place && place < _problem.Places.Count ? place : _steps[^1].Place;

    /// <summary>Load with which the trip that begins at a position leaves.</summary>
    private void Load(ReadOnlySpan<int> nodes, int head)
    {
        int width = _load.Length;
        for (int k = 0; k < width; k++)
        {
            _load[k] = head == 0 ? compiled.LoadBefore[(vehicle * width) + k] : 0;
            for (int i = head + 1; i < nodes.Length && compiled.Nodes[nodes[i]].Kind == NodeKind.Visit; i++) _load[k] += compiled.Delivery[(nodes[i] * width) + k];
        }
    }

    private void Handle(int job, int alternative, int visit, int sign)
    {
        var visits = _problem.Jobs[job].Alternatives[alternative].Visits;
        for (int k = 0; k < _load.Length; k++)
        {
            long pickup = k < visits[0].Pickup.Count ? visits[0].Pickup[k] : 0;
            long delivery = visits.Count == 1 && k < visits[0].Delivery.Count ? visits[0].Delivery[k] : 0;
            _load[k] += sign * (visits.Count == 1 ? pickup - delivery : visit == 0 ? pickup : -pickup);
        }
    }
}
