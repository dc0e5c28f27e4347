using Logistics.Domain;
using Logistics.Planning.Travel;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Replanning;
using Logistics.Routing.Search;

namespace Logistics.Planning.Days.Repairs;

/// <summary>Repairs a stored plan of a day after incidents: what has begun stays as it is, few parcels change their vehicle.</summary>
/// <remarks>Stateless apart from the travel cache; safe for concurrent use. A repair runs on the calling thread.</remarks>
public sealed class DayRepairer(ITravelTimes travel, TravelCache cache, TimeProvider time)
{
    private const string RestSuffix = " (rest)";

    /// <param name="header">Of the repaired version, should it be kept.</param>
    /// <exception cref="TravelUnavailableException">New places need travel times and the source does not answer.</exception>
    public async Task<DayRepair> RepairAsync(RunningDay day, RepairWish wish, PlanHeader header, IdFactory ids, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var late = wish.Late.Count == 0 ? day.Model : await BuildAsync(day.Model.Input with { LateParcels = [.. day.Model.Input.LateParcels, .. wish.Late] }, cancellation);
        var wide = Widen(day.Model, late);
        var rules = ListRules(day.Model.Input, wish);
        var closed = rules.Count == 0 ? wide : await BuildAsync(wide.Input with { Network = WithRules(wide.Input.Network, rules) }, cancellation);
        var reading = new IncidentReading(wide, closed, late);
        var incidents = reading.Read(wish.Incidents);
        if (reading.Faults.Count > 0) return new DayRepair(null, null, reading.Faults);

        var running = RunningPlan.At(wide.Problem, day.Plan, wide.Clock.SecondsOf(wish.At));
        cancellation.ThrowIfCancellationRequested();
        var searching = time.GetTimestamp();
        var result = Replanner.Repair(running, incidents, new RepairOptions
        {
            MaxDisturbed = wish.MaxDisturbed,
            CostPerDisturbed = (long)wish.FenPerDisturbed * PlanningRules.UnitsPerFen,
            Search = new SearchOptions { Seed = (ulong)wish.Seed, ElapsedSeconds = () => time.GetElapsedTime(searching).TotalSeconds, MaxSeconds = wish.Seconds },
        }, cancellation);
        if (result.Repair is not { } found) return new DayRepair(null, null, [.. result.Faults.Select(f => FaultOf(wide, f))]);
        var repair = found with { Touched = ListTouched(day.Plan, found) };
        var after = Carry(wide, closed, late, repair);
        var plan = Translate(after, repair, day.DayPlan, wish, header, ids, time.GetElapsedTime(started).TotalSeconds);
        return new DayRepair(new RunningDay(plan, after, repair.Plan), repair, []);
    }

    /// <summary>Numbers of the optimiser's messages as plates and waybills.</summary>
    public static string Words(DayModel model, string text)
    {
        foreach (var (index, vehicle) in model.Vehicles.Index()) text = text.Replace($"Vehicle {index} ({vehicle.Vehicle.Id})", vehicle.Vehicle.Plate, StringComparison.Ordinal);
        foreach (var (index, parcel) in model.Parcels.Index())
        {
            if (text.Contains(parcel.Id, StringComparison.Ordinal)) text = text.Replace($"Job {index} ({parcel.Id})", parcel.Waybill, StringComparison.Ordinal);
        }

        return text;
    }

    private static RepairFault FaultOf(DayModel model, IncidentFault fault)
    {
        var message = Words(model, fault.Message);
        return fault.Rule == IncidentRule.History ? new RepairFault("parcel.history", model.Parcels[fault.Index].Waybill, message) : new RepairFault("incident", null, message);
    }

    private Task<DayModel> BuildAsync(DayInput input, CancellationToken cancellation) => new DayModelBuilder(travel, cache).BuildAsync(input, cancellation);

    /// <summary>The day's model with the places and resources late parcels need; its jobs stay those of the plan.</summary>
    private static DayModel Widen(DayModel model, DayModel late) => ReferenceEquals(model, late) ? model : model with
    {
        Input = late.Input,
        Places = late.Places,
        Problem = model.Problem with
        {
            Places = late.Problem.Places,
            Profiles = late.Problem.Profiles,
            Resources = [.. model.Problem.Resources, .. late.Problem.Resources.Skip(model.Problem.Resources.Count)],
        },
    };

    private static List<AccessRule> ListRules(DayInput input, RepairWish wish) => [.. wish.Incidents.OfType<AreaClosed>().Select((incident, i) =>
    {
        var midnight = input.Network.Area.InstantOf(input.Day, 0);
        int from = (int)Math.Floor((incident.From - midnight).TotalMinutes), until = (int)Math.Ceiling((incident.Until - midnight).TotalMinutes);
        return new AccessRule(FormattableString.Invariant($"incident:{incident.From:O}:{i}"), input.Network.Area.Id, "incident", [incident.Area], input.Day, input.Day.AddDays(1)) { Hours = [new ClockSpan(from, until)] };
    })];

    private static NetworkSnapshot WithRules(NetworkSnapshot n, List<AccessRule> rules) =>
        new(n.Area, n.Partners, n.Hubs, n.Terminals, n.Vehicles, n.Couriers, [.. n.AccessRules, .. rules], n.Calendar);

    /// <summary>The repaired problem with its way back to parcels: known jobs keep their numbers, new ones stand at the end.</summary>
    private static DayModel Carry(DayModel wide, DayModel closed, DayModel late, Repair repair)
    {
        List<Parcel> parcels = [.. wide.Parcels];
        List<int[]> options = [.. wide.OptionOfAlternative];
        for (var job = parcels.Count; job < repair.Problem.Jobs.Count; job++)
        {
            var id = repair.Problem.Jobs[job].Id;
            if (id.EndsWith(RestSuffix, StringComparison.Ordinal))
            {
                var first = parcels.FindLastIndex(p => id.StartsWith(p.Id, StringComparison.Ordinal));
                parcels.Add(parcels[first]);
                options.Add([options[first][repair.Problem.Vehicles.SelectMany(v => v.Committed?.Frozen ?? []).First(f => f.Job == first).Alternative]]);
            }
            else
            {
                parcels.Add(late.Parcels[late.JobOfParcel[id]]);
                options.Add(late.OptionOfAlternative[late.JobOfParcel[id]]);
            }
        }

        return wide with { Input = closed.Input, Problem = repair.Problem, Parcels = parcels, OptionOfAlternative = options, LockedVehicles = new HashSet<int>() };
    }

    /// <summary>What differs from the plan people know; the running plan may already leave out what its history made impossible.</summary>
    private static List<TouchedJob> ListTouched(Plan known, Repair repair)
    {
        PreviousAssignment?[] before = PreviousAssignment.ListOf(known, repair.Problem.Jobs.Count), after = PreviousAssignment.ListOf(repair.Plan, repair.Problem.Jobs.Count);
        var reasons = repair.Touched.ToDictionary(t => t.Job, t => t.Reason);
        var touched = new List<TouchedJob>();
        for (var job = 0; job < after.Length; job++)
        {
            var reason = reasons.GetValueOrDefault(job, TouchReason.Struck);
            if (before[job] == after[job] && !(reasons.ContainsKey(job) && reason is TouchReason.Added or TouchReason.Cancelled)) continue;
            if (before[job] is null && reason is TouchReason.Struck or TouchReason.Disturbed) reason = TouchReason.Gained;
            else if (before[job] is not null && reason == TouchReason.Gained) reason = TouchReason.Struck;
            touched.Add(new TouchedJob(job, reason, before[job], after[job]));
        }

        return touched;
    }

    private DayPlan Translate(DayModel model, Repair repair, DayPlan before, RepairWish wish, PlanHeader header, IdFactory ids, double seconds)
    {
        var check = PlanChecker.Check(model.Problem, repair.Plan);
        return new DayPlan(header.Id, before.AreaId, before.Day, header.Version, header.Name, time.GetUtcNow(), header.CreatedBy)
        {
            ParentId = before.Id,
            Routes = new PlanTranslator(model, ids).Translate(repair.Plan),
            Unassigned = [.. model.RuledOut, .. ListUnassigned(model, repair, before, wish)],
            Cost = PlanTranslator.ToFen(check.Cost),
            Violations = [.. check.Violations.Select(v => ViolationText.Write(model, v))],
            Solve = new SolveInfo(RepairWish.Engine, wish.Seed, 0, Math.Round(seconds, 3), false),
        };
    }

    private static IEnumerable<UnassignedParcel> ListUnassigned(DayModel model, Repair repair, DayPlan before, RepairWish wish)
    {
        var cancelled = wish.Incidents.OfType<ParcelsCancelled>().SelectMany(c => c.ParcelIds).ToHashSet(StringComparer.Ordinal);
        var known = before.Unassigned.ToDictionary(u => u.ParcelId, StringComparer.Ordinal);
        var touched = repair.Touched.ToDictionary(t => t.Job);
        foreach (var job in repair.Plan.Unserved)
        {
            var parcel = model.Parcels[job];
            // A job that was cancelled earlier is priced at nothing.
            if (cancelled.Contains(parcel.Id) || repair.Problem.Jobs[job].UnservedCost == 0) continue;
            if (known.TryGetValue(parcel.Id, out var reason)) yield return reason;
            else if (touched.GetValueOrDefault(job) is { From: { } from } touch)
            {
                var plate = model.Vehicles[from.Vehicle].Vehicle.Plate;
                yield return touch.Reason == TouchReason.Disturbed
                    ? new UnassignedParcel(parcel.Id, "repair.dropped", $"It could have stayed with {plate}, but leaving it out costs less after the incident.", "Allow fewer parcels to be disturbed.")
                    : new UnassignedParcel(parcel.Id, "repair.struck", $"The incident took its place with {plate}, and the repair found no other way that costs less than leaving it out.", "Ask for the reasons vehicle by vehicle.");
            }
            else yield return new UnassignedParcel(parcel.Id, "repair.late", "It came after the plan was made, and the repair found no way that costs less than leaving it out.", "Ask for the reasons vehicle by vehicle.");
        }
    }
}
