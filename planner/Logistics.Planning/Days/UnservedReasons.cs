using Logistics.Domain;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>Why a plan leaves parcels out: tests each constraint on its own, so that what is said is true of this plan.</summary>
/// <remarks>
/// For each option in turn: is there a vehicle with the skill; is there room at the terminal beside what the plan puts there; could some vehicle serve it if it had nothing else
/// to do; would it without the access rules. A parcel that passes all of them competes for time or room with others, and the search found nothing cheaper than leaving it out: more is not claimed.
/// </remarks>
internal sealed class UnservedReasons
{
    private readonly DayModel _model;
    private readonly Problem _alone, _unruled;
    private readonly long[][] _used;
    private readonly HashSet<int> _busy;

    private UnservedReasons(DayModel model, Plan plan)
    {
        _model = model;
        _busy = [.. plan.Routes.Select(r => r.Vehicle)];
        // Without shared resources: those are judged apart, against what the plan already uses.
        _alone = model.Problem with { Resources = [], Depots = [.. model.Problem.Depots.Select(d => d with { Dock = null })] };
        _unruled = _alone with { Profiles = [.. _alone.Profiles.Select(p => new OpenTravel(p))] };
        _used = [.. model.Problem.Resources.Select(r => new long[r.CapacityByClass.Count])];
        foreach (var step in plan.Routes.SelectMany(r => r.Steps).Where(s => s.Kind == StepKind.Visit))
            foreach (var use in RoutePeeling.UsesOf(model.Problem, step)) _used[use.Resource][use.SizeClass] += use.Units;
    }

    public static IEnumerable<UnassignedParcel> Find(DayModel model, Plan plan)
    {
        if (plan.Unserved.Count == 0) return [];
        var reasons = new UnservedReasons(model, plan);
        return [.. plan.Unserved.Select(reasons.Explain)];
    }

    private UnassignedParcel Explain(int job)
    {
        var parcel = _model.Parcels[job];
        var obstacles = new List<(string Code, string Message, string? Remedy)>();
        for (var a = 0; a < _model.Problem.Jobs[job].Alternatives.Count; a++) obstacles.Add(FindObstacle(job, a));
        // The option that came furthest tells most: being outbid for a vehicle is nearer to served than a full locker.
        var first = obstacles.OrderBy(o => o.Code.StartsWith("vehicle.busy", StringComparison.Ordinal) || o.Code.StartsWith("cost", StringComparison.Ordinal) ? 0 : 1).First();
        return new UnassignedParcel(parcel.Id, first.Code, string.Join(" ", obstacles.Select(o => o.Message).Distinct()), first.Remedy);
    }

    private (string Code, string Message, string? Remedy) FindObstacle(int job, int alternative)
    {
        var choice = _model.Problem.Jobs[job].Alternatives[alternative];
        var visit = choice.Visits[0];
        var place = _model.Places[visit.Place];
        var candidates = (choice.AllowedVehicles ?? [.. Enumerable.Range(0, _model.Vehicles.Count)])
            .Where(v => !choice.ForbiddenVehicles.Contains(v) && choice.Skills.All(_model.Problem.Vehicles[v].Skills.Contains)).ToList();
        if (candidates.Count == 0)
        {
            var skill = _model.Input.Rules.SkillByHandling.GetValueOrDefault(_model.Parcels[job].Handling);
            return choice.Skills.Count > 0
                ? ("vehicle.skill", $"No courier on duty at its hub has the skill \"{skill}\" that {_model.Parcels[job].Handling} goods need.", $"Put a courier with \"{skill}\" on duty.")
                : ("vehicle.none", "Every vehicle of its hub is forbidden for it.", null);
        }

        foreach (var use in visit.Uses)
        {
            if (HasRoom(use)) continue;
            var isQuota = _model.Problem.Resources[use.Resource].Id.StartsWith("quota:", StringComparison.Ordinal);
            return isQuota
                ? ("terminal.quota", $"Its partner's quota at {place.Name} is used up.", "Raise the quota or offer another option.")
                : ("terminal.full", $"No compartment of size {(SizeClass)use.SizeClass} or larger is left at {place.Name}.", "Offer the door or another terminal.");
        }

        foreach (var vehicle in candidates)
        {
            if (!IsServedAlone(_alone, job, alternative, vehicle, out _)) continue;
            var plate = _model.Vehicles[vehicle].Vehicle.Plate;
            if (candidates.Any(v => !_busy.Contains(v) && IsServedAlone(_alone, job, alternative, v, out _)))
                return ("cost.unserved", $"Serving {place.Name} with an idle vehicle would cost more than leaving it out.", "Raise its priority.");
            return ("vehicle.busy", $"{candidates.Count} vehicles may carry it to {place.Name}; the search found no place on their routes that costs less than leaving it out.", $"One more vehicle like {plate} would serve it.");
        }

        foreach (var vehicle in candidates)
        {
            if (!IsServedAlone(_unruled, job, alternative, vehicle, out _)) continue;
            return ("access.rule", $"Access rules keep every vehicle of its hub away from {place.Name} at its hours.", "Use a vehicle the rules spare, or ask for a permit.");
        }

        IsServedAlone(_alone, job, alternative, candidates[0], out var violation);
        return Describe(violation, place, visit, candidates.Count);
    }

    private static (string Code, string Message, string? Remedy) Describe(Violation? violation, DayPlace place, Visit visit, int candidates) => violation?.Kind switch
    {
        ViolationKind.Capacity => ("vehicle.capacity", $"It is too heavy or too large for every vehicle of its hub ({string.Join(" / ", visit.Delivery)} g, ml, pieces).", "Use a larger vehicle."),
        ViolationKind.Window => ("window.unreachable", $"None of the {candidates} vehicles that may carry it can be at {place.Name} inside the window, even with nothing else to do.", "Widen the window or start a shift earlier."),
        ViolationKind.Release => ("release.late", "It reaches the hub too late for every shift.", "Plan it for the next wave."),
        ViolationKind.MaxDistance => ("vehicle.range", $"{place.Name} is beyond the range of every vehicle of its hub.", null),
        ViolationKind.Unreachable => ("place.unreachable", $"There is no road to {place.Name}.", null),
        _ => ("shift.short", $"None of the {candidates} vehicles that may carry it has a shift that leaves time to serve {place.Name}.", "Add a shift or allow overtime."),
    };

    /// <summary>Whether the use fits beside the plan's own uses of the same resource, classes nested.</summary>
    private bool HasRoom(ResourceUse use)
    {
        var capacity = _model.Problem.Resources[use.Resource].CapacityByClass;
        long used = 0, room = 0;
        for (var c = capacity.Count - 1; c >= 0; c--)
        {
            used += _used[use.Resource][c];
            room += capacity[c];
            if (c <= use.SizeClass && used + use.Units > room) return false;
        }

        return true;
    }

    private static bool IsServedAlone(Problem problem, int job, int alternative, int vehicle, out Violation? violation)
    {
        var choice = problem.Jobs[job].Alternatives[alternative];
        var bare = choice with { Visits = [choice.Visits[0] with { Uses = [] }], AllowedVehicles = null, ForbiddenVehicles = [] };
        var single = problem with { Jobs = [problem.Jobs[job] with { Alternatives = [bare] }] };
        var plan = PlanScheduler.Schedule(single, [new BareRoute(vehicle, [BareStep.VisitOf(0, 0, 0)])]);
        var violations = PlanChecker.Check(single, plan).Violations;
        violation = violations.Count > 0 ? violations[0] : null;
        return violation is null;
    }

    /// <summary>The same roads with nothing closed.</summary>
    private sealed class OpenTravel : TravelProfile
    {
        private readonly TravelProfile _travel;

        public OpenTravel(TravelProfile travel)
        {
            _travel = travel;
            Bands = travel.Bands;
        }

        public override int PlaceCount => _travel.PlaceCount;
        public override int Distance(int from, int to) => _travel.Distance(from, to);
        public override int Duration(int from, int to) => _travel.Duration(from, to);
        public override int LegIndex(int from, int to) => _travel.LegIndex(from, to);
    }
}
