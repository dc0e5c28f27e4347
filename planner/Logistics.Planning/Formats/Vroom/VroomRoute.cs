using System.Text.Json.Nodes;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>One route of the answer, with the measures VROOM reports.</summary>
internal sealed class VroomRoute
{
    private readonly VroomProblem _vroom;
    private readonly VroomVehicle _vehicle;
    private readonly Route _route;
    private readonly IReadOnlyList<VroomViolations> _found;
    private readonly JsonArray _steps = [];
    private readonly long[] _delivery, _pickup;
    private long _customCost, _taskSeconds;

    /// <param name="found">What each step breaks; empty when none breaks anything.</param>
    /// <param name="violations">What the route breaks.</param>
    public VroomRoute(VroomProblem vroom, Route route, IReadOnlyList<VroomViolations> found, VroomViolations violations)
    {
        (_vroom, _route, _vehicle, _found, Violations) = (vroom, route, vroom.Vehicles[route.Vehicle], found, violations);
        (_delivery, _pickup) = (new long[vroom.Problem.Dimensions], new long[vroom.Problem.Dimensions]);
        Walk();
        Cost = _vehicle.Fixed + (_taskSeconds * _vehicle.PerTaskHour / 3600) + (_vehicle.Costs is null ? (Duration * _vehicle.PerHour / 3600) + (Distance * _vehicle.PerKm / 1000) : _customCost);
    }

    public VroomViolations Violations { get; }

    public long Cost { get; }

    public long Setup { get; private set; }

    public long Service { get; private set; }

    public long Duration { get; private set; }

    public long Waiting { get; private set; }

    public long Priority { get; private set; }

    public long Distance { get; private set; }

    public JsonObject Write()
    {
        var route = Totals(_vroom, [this]);
        route.Insert(0, "vehicle", _vehicle.Id);
        if (_vehicle.Description.Length > 0) route["description"] = _vehicle.Description;
        route["steps"] = _steps;
        route["violations"] = Violations.Write();
        if (_vroom.Options.HasGeometry) route["geometry"] = Polyline.Encode(ListWay().Select(p => (p.X, p.Y)));
        return route;
    }

    /// <summary>The measures of several routes together.</summary>
    public static JsonObject Totals(VroomProblem vroom, IReadOnlyList<VroomRoute> routes)
    {
        var totals = new JsonObject
        {
            ["cost"] = routes.Sum(r => r.Cost),
            ["setup"] = routes.Sum(r => r.Setup),
            ["service"] = routes.Sum(r => r.Service),
            ["duration"] = routes.Sum(r => r.Duration),
            ["waiting_time"] = routes.Sum(r => r.Waiting),
            ["priority"] = routes.Sum(r => r.Priority),
        };
        if (vroom.HasDistances) totals["distance"] = routes.Sum(r => r.Distance);
        if (!vroom.HasAmounts) return totals;
        totals["delivery"] = Amounts(vroom, d => routes.Sum(r => r._delivery[d]));
        // The older name of "delivery".
        totals["amount"] = Amounts(vroom, d => routes.Sum(r => r._delivery[d]));
        totals["pickup"] = Amounts(vroom, d => routes.Sum(r => r._pickup[d]));
        return totals;
    }

    /// <summary>Places one after the other, without those it stays at.</summary>
    private IEnumerable<Place> ListWay() => _route.Steps.Where((s, i) => i == 0 || s.Place != _route.Steps[i - 1].Place).Select(s => _vroom.Problem.Places[s.Place]);

    private static JsonArray Amounts(VroomProblem vroom, Func<int, long> amount) => new([.. Enumerable.Range(0, vroom.Problem.Dimensions).Select(d => JsonValue.Create(amount(d)))]);

    private void Walk()
    {
        int n = _vroom.Problem.Places.Count, place = _route.Steps[0].Place;
        for (int i = 0; i < _route.Steps.Count; i++)
        {
            var step = _route.Steps[i];
            if (step.Place != place)
            {
                int leg = (place * n) + step.Place;
                Duration += _vehicle.Durations[leg];
                Distance += _vehicle.Distances?[leg] ?? 0;
                _customCost += _vehicle.Costs?[leg] ?? 0;
                place = step.Place;
            }

            if (Describe(step) is not { } described) continue;
            described["violations"] = i < _found.Count ? _found[i].Write() : new JsonArray();
            _steps.Add(described);
        }
    }

    private JsonObject? Describe(RouteStep step)
    {
        switch (step.Kind)
        {
            case StepKind.Start: return _vehicle.Start is null ? null : DescribeEnd(Frame(step, "start", _vehicle.Start.Location, _vehicle.Start.LocationIndex));
            case StepKind.End: return _vehicle.End is null ? null : DescribeEnd(Frame(step, "end", _vehicle.End.Location, _vehicle.End.LocationIndex));
            case StepKind.Break:
                var rest = Frame(step, "break", null, null);
                rest["id"] = _vehicle.BreakIds[step.Break];
                Describe(rest, _vehicle.BreakDescriptions[step.Break], 0, step.Departure - step.Start, step.Start - step.Arrival);
                return rest;
            default: return DescribeTask(step);
        }
    }

    private JsonObject DescribeEnd(JsonObject step)
    {
        Describe(step, "", 0, 0, 0);
        return step;
    }

    private JsonObject DescribeTask(RouteStep step)
    {
        var task = _vroom.Tasks[step.Job][step.Visit];
        var alternative = _vroom.Problem.Jobs[step.Job].Alternatives[step.Alternative];
        var visit = alternative.Visits[step.Visit];
        int setup = step.Departure - step.Start - visit.HandlingSeconds;
        var described = Frame(step, task.Type, task.Location, task.LocationIndex);
        described["id"] = task.Id;
        if (task.Type == "job") described["job"] = task.Id;
        Describe(described, task.Description, setup, visit.HandlingSeconds, step.Start - step.Arrival);
        Priority += task.Priority;
        _taskSeconds += setup + visit.HandlingSeconds;
        var delivered = task.Type == "delivery" ? alternative.Visits[0].Pickup : visit.Delivery;
        for (int d = 0; d < delivered.Count; d++) _delivery[d] += delivered[d];
        for (int d = 0; d < visit.Pickup.Count; d++) _pickup[d] += visit.Pickup[d];
        return described;
    }

    private void Describe(JsonObject step, string description, int setup, int service, int waiting)
    {
        (step["setup"], step["service"], step["waiting_time"]) = (setup, service, waiting);
        if (description.Length > 0) step["description"] = description;
        (Setup, Service, Waiting) = (Setup + setup, Service + service, Waiting + waiting);
    }

    private JsonObject Frame(RouteStep step, string type, double[]? location, int? index)
    {
        var frame = new JsonObject { ["type"] = type, ["arrival"] = (long)step.Arrival + _vroom.Epoch, ["duration"] = Duration };
        if (location is { } at) frame["location"] = new JsonArray(at[0], at[1]);
        if (index is { } row) frame["location_index"] = row;
        if (_vroom.HasAmounts) frame["load"] = new JsonArray([.. step.Load.Select(amount => JsonValue.Create(amount))]);
        if (_vroom.HasDistances) frame["distance"] = Distance;
        return frame;
    }
}
