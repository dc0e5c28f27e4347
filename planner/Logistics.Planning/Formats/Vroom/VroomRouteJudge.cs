using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>What a given route breaks, step by step: VROOM's causes of violation. Steps come in order.</summary>
internal sealed class VroomRouteJudge(VroomProblem vroom, int v)
{
    private readonly Vehicle _vehicle = vroom.Problem.Vehicles[v];
    private readonly VroomVehicle _named = vroom.Vehicles[v];
    private int _place = -1, _tasks;
    private long _travel, _metres;

    /// <summary>All that jobs of the route bring from the start.</summary>
    public long[] LoadAtStart(IEnumerable<(int Job, int Way)> done)
    {
        long[] load = new long[vroom.Problem.Dimensions];
        foreach (var (job, way) in done)
        {
            var visits = vroom.Problem.Jobs[job].Alternatives[way].Visits;
            if (visits.Count == 1) Add(load, visits[0].Delivery, 1);
        }

        return load;
    }

    /// <summary>What a task changes on board.</summary>
    public void Handle(long[] load, int job, int way, int visit)
    {
        var visits = vroom.Problem.Jobs[job].Alternatives[way].Visits;
        if (visits.Count == 1) Add(load, visits[0].Delivery, -1);
        Add(load, visits[0].Pickup, visit == 0 ? 1 : -1);
    }

    public VroomViolations Judge(RouteStep step, long leadSeconds, long delaySeconds)
    {
        var found = new VroomViolations();
        found.AddTimes(leadSeconds, delaySeconds);
        Drive(step.Place);
        if (vroom.HasAmounts && IsOver(step.Load, _vehicle.Capacity)) found.Add("load");
        if (_vehicle.MaxTravelSeconds is { } seconds && _travel > seconds) found.Add("max_travel_time");
        if (_vehicle.MaxDistance is { } metres && _metres > metres) found.Add("max_distance");
        if (step.Kind == StepKind.Break && vroom.HasAmounts && IsOver(step.Load, _vehicle.Breaks[step.Break].MaxLoad)) found.Add("max_load");
        if (step.Kind != StepKind.Visit) return found;
        if (vroom.Problem.Jobs[step.Job].Alternatives[step.Alternative].Skills.Except(_vehicle.Skills).Any()) found.Add("skills");
        if (++_tasks > (_vehicle.MaxTasks ?? int.MaxValue)) found.Add("max_tasks");
        return found;
    }

    /// <summary>Both ends of a shipment, the pickup first.</summary>
    public void JudgePairs(List<RouteStep> steps, List<VroomViolations> found)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            if (steps[i].Kind != StepKind.Visit || vroom.Problem.Jobs[steps[i].Job].Alternatives[0].Visits.Count == 1) continue;
            int mate = steps.FindIndex(s => s.Job == steps[i].Job && s.Visit == 1 - steps[i].Visit);
            if (mate < 0 || (mate < i) != (steps[i].Visit == 1)) found[i].Add("precedence");
        }
    }

    public VroomViolations JudgeRoute(List<RouteStep> steps, List<VroomViolations> found)
    {
        var all = new VroomViolations();
        foreach (var of in found) all.AddAll(of);
        if (steps.Count(s => s.Kind == StepKind.Break) < _vehicle.Breaks.Count) all.Add("missing_break");
        return all;
    }

    private void Drive(int place)
    {
        if (_place >= 0 && place != _place)
        {
            int leg = (_place * vroom.Problem.Places.Count) + place;
            _travel += _named.Durations[leg];
            _metres += _named.Distances?[leg] ?? 0;
        }

        _place = place;
    }

    private static bool IsOver(IReadOnlyList<long> load, IReadOnlyList<long> limit)
    {
        for (int d = 0; d < limit.Count; d++)
            if (load[d] > limit[d]) return true;
        return false;
    }

    private static void Add(long[] load, IReadOnlyList<long> amount, int times)
    {
        for (int d = 0; d < amount.Count; d++) load[d] += times * amount[d];
    }
}
