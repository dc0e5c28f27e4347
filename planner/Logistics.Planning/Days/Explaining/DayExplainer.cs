using System.Collections.Concurrent;
using Logistics.Planning.Days.Repairs;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days.Explaining;

/// <summary>What becomes of it if a vehicle took parcels in, its own order free, all other routes as they are.</summary>
/// <param name="Option">Terminal or parking place of the cheapest way; empty for a door whose address is not kept.</param>
/// <param name="Rules">Without them, and only without all of them, a legal way is found; empty when there is one as things are, or none at all.</param>
/// <param name="ExtraFen">The route is dearer by so much; null when no legal way was found.</param>
public sealed record VehicleOffer(string VehicleId, string Plate, string Option, IReadOnlyList<ViolationKind> Rules, long? ExtraFen);

/// <summary>The smallest change found that serves a parcel, confirmed by solving with it.</summary>
/// <param name="Plate">The vehicle that would serve it.</param>
public sealed record ServingChange(string Plate, IReadOnlyList<ChangePart> Parts);

/// <summary>Why a plan leaves a parcel out.</summary>
/// <param name="Offers">One for each vehicle that may carry it: possible ones first, cheapest first.</param>
/// <param name="Elsewhere">Vehicles on duty that load at other hubs or may not carry it.</param>
/// <param name="UnservedFen">What leaving it out is priced at: a dearer offer is not worth it to the plan, a cheaper one waits for a longer search.</param>
/// <param name="Change">Null when some vehicle could serve it as things are, or nothing that was tried helps.</param>
public sealed record UnservedAnswer(string ParcelId, IReadOnlyList<VehicleOffer> Offers, int Elsewhere, long UnservedFen, ServingChange? Change);

/// <summary>What a stop costs, and why this vehicle makes it.</summary>
/// <param name="MarginalFen">The route is cheaper by so much without it; metres and seconds likewise.</param>
/// <param name="Offers">What every other vehicle that may carry all of its parcels would ask, cheapest first.</param>
public sealed record StopAnswer(long MarginalFen, long MarginalMetres, long MarginalSeconds, IReadOnlyList<VehicleOffer> Offers, int Elsewhere);

/// <summary>Answers questions about a plan of a day, vehicle by vehicle. Pure; a question takes a second or two of both cores.</summary>
public static class DayExplainer
{
    // The vehicles that come nearest have the smallest changes; each one tried is solved a dozen times.
    private const int ChangesTried = 3;

    // Vehicles that pass this near are asked to shift what they do; of those farther off it is enough to know whether the parcels fit in.
    private const int Searched = 12;

    /// <returns>Null when the plan has no job for the parcel or serves it.</returns>
    public static UnservedAnswer? ExplainUnserved(RunningDay day, string parcelId, CancellationToken cancellation)
    {
        var (model, plan) = (day.Model, day.Plan);
        if (!model.JobOfParcel.TryGetValue(parcelId, out var job) || !plan.Unserved.Contains(job)) return null;
        var left = RouteSlice.ListLeft(model.Problem, plan);
        var asked = ListAllowed(model, [job]);
        var offers = Ask(model, plan, left, asked, [job], null, cancellation);
        var change = offers.Exists(o => o.ExtraFen is not null) ? null : FindChange(model, plan, left, job, offers, cancellation);
        return new UnservedAnswer(parcelId, offers, model.Vehicles.Count - asked.Count, (model.Problem.Jobs[job].UnservedCost ?? 0) / PlanningRules.UnitsPerFen, change);
    }

    /// <param name="parcelIds">The parcels handled at the stop, all on this vehicle.</param>
    /// <returns>Null when the vehicle does not serve them, or they are history.</returns>
    public static StopAnswer? ExplainStop(RunningDay day, string vehicleId, IReadOnlyList<string> parcelIds, CancellationToken cancellation)
    {
        var (model, plan) = (day.Model, day.Plan);
        if (!model.IndexOfVehicle.TryGetValue(vehicleId, out var vehicle) || plan.Routes.FirstOrDefault(r => r.Vehicle == vehicle) is not { } route) return null;
        var jobs = parcelIds.Where(model.JobOfParcel.ContainsKey).Select(id => model.JobOfParcel[id]).ToHashSet();
        var visits = route.Steps.Where(s => s.Kind == StepKind.Visit && jobs.Contains(s.Job)).ToList();
        var history = (model.Problem.Vehicles[vehicle].Committed?.Frozen ?? []).Select(f => f.Job).ToHashSet();
        if (visits.Count == 0 || visits.Exists(s => history.Contains(s.Job))) return null;

        var mine = RouteSlice.Of(model, plan, vehicle, RouteSlice.ListLeft(model.Problem, plan), []);
        var ours = visits.Select(s => mine.JobOf(s.Job)).ToHashSet();
        var without = PlanScheduler.Schedule(mine.Problem, [new BareRoute(0, [.. mine.ListOpenSteps().Where(s => s.IsReload || !ours.Contains(s.Job))])]);
        var prices = ours.Sum(j => mine.Problem.Jobs[j].UnservedCost ?? 0);
        var (was, now) = (mine.Plan.Routes[0].Steps, without.Routes[0].Steps);

        // What the stop takes at its terminal is free for whoever takes it over.
        var kept = plan with { Routes = [.. plan.Routes.Select(r => r.Vehicle != vehicle ? r : r with { Steps = [.. r.Steps.Where(s => s.Kind != StepKind.Visit || !jobs.Contains(s.Job))] })] };
        var asked = ListAllowed(model, jobs);
        asked.Remove(vehicle);
        var alternative = visits.GroupBy(s => s.Job).ToDictionary(g => g.Key, g => g.First().Alternative);
        var offers = Ask(model, plan, RouteSlice.ListLeft(model.Problem, kept), asked, [.. alternative.Keys], alternative, cancellation);
        return new StopAnswer(
            Fen(mine.Plan.Cost.Total - (without.Cost.Total - prices)), was[^1].DistanceSoFar - now[^1].DistanceSoFar, (long)was[^1].Departure - was[0].Arrival - ((long)now[^1].Departure - now[0].Arrival),
            offers, model.Vehicles.Count - 1 - asked.Count);
    }

    /// <param name="only">The alternative each job must take; null = any.</param>
    private static List<VehicleOffer> Ask(
        DayModel model, Plan plan, IReadOnlyList<int[]> left, IReadOnlyList<int> vehicles, IReadOnlyList<int> jobs, IReadOnlyDictionary<int, int>? only, CancellationToken cancellation)
    {
        var offers = new ConcurrentBag<VehicleOffer>();
        var near = ListNearest(model, plan, vehicles, jobs).Take(Searched).ToHashSet();
        Parallel.ForEach(vehicles, new ParallelOptions { CancellationToken = cancellation }, vehicle =>
        {
            var slice = RouteSlice.Of(model, plan, vehicle, left, jobs, only);
            var asked = jobs.Select(slice.JobOf).ToHashSet();
            var prices = asked.Sum(j => slice.Problem.Jobs[j].UnservedCost ?? 0);
            var (id, plate) = (model.Vehicles[vehicle].Vehicle.Id, model.Vehicles[vehicle].Vehicle.Plate);
            var way = near.Contains(vehicle) ? SliceTrial.Find(slice.Problem, slice.Plan, asked, cancellation) : SliceTrial.Insert(slice.Problem, slice.Plan, asked, cancellation);
            if (way is { } found)
            {
                var step = found.Plan.Routes.SelectMany(r => r.Steps).Last(s => s.Kind == StepKind.Visit && asked.Contains(s.Job));
                offers.Add(new VehicleOffer(id, plate, slice.Problem.Places[step.Place].Id, [], Fen(found.Cost - (slice.Plan.Cost.Total - prices))));
                return;
            }

            offers.Add(new VehicleOffer(id, plate, "", BindingRules.Find(slice, asked, cancellation), null));
        });
        return [.. offers.OrderBy(o => o.ExtraFen is null).ThenBy(o => o.ExtraFen).ThenBy(o => o.Rules.Count).ThenBy(o => o.Plate, StringComparer.Ordinal)];
    }

    /// <summary>The vehicles by how near their routes, or their depots, pass the places the jobs could be done at.</summary>
    private static IEnumerable<int> ListNearest(DayModel model, Plan plan, IReadOnlyList<int> vehicles, IReadOnlyList<int> jobs)
    {
        var wanted = jobs.SelectMany(j => model.Problem.Jobs[j].Alternatives).SelectMany(a => a.Visits).Select(v => v.Place).Distinct().ToList();
        var passed = plan.Routes.ToDictionary(r => r.Vehicle, r => r.Steps.Select(s => s.Place).Distinct().ToList());
        return vehicles.OrderBy(v =>
        {
            var vehicle = model.Problem.Vehicles[v];
            var travel = model.Problem.Profiles[vehicle.Profile];
            IReadOnlyList<int> places = passed.GetValueOrDefault(v) ?? (vehicle.StartDepot is { } depot ? [model.Problem.Depots[depot].Place] : []);
            return places.SelectMany(p => wanted.Select(w => travel.Duration(p, w))).Where(seconds => seconds != TravelProfile.Unreachable).DefaultIfEmpty(int.MaxValue).Min();
        }).ThenBy(v => v);
    }

    private static ServingChange? FindChange(DayModel model, Plan plan, IReadOnlyList<int[]> left, int job, List<VehicleOffer> offers, CancellationToken cancellation)
    {
        var found = new ConcurrentBag<(double Size, ServingChange Change)>();
        Parallel.ForEach(offers.Take(ChangesTried), new ParallelOptions { CancellationToken = cancellation }, offer =>
        {
            var slice = RouteSlice.Of(model, plan, model.IndexOfVehicle[offer.VehicleId], left, [job]);
            var finder = new SmallestChange(slice, [slice.JobOf(job)], cancellation);
            if ((finder.Find(offer.Rules) ?? finder.FindFurtherVehicle()) is { } change) found.Add((change.Size, new ServingChange(offer.Plate, change.Parts)));
        });
        return found.OrderBy(f => f.Size).ThenBy(f => f.Change.Plate, StringComparer.Ordinal).Select(f => f.Change).FirstOrDefault();
    }

    private static List<int> ListAllowed(DayModel model, IReadOnlyCollection<int> jobs) =>
        [.. Enumerable.Range(0, model.Vehicles.Count).Where(v => jobs.All(j => model.Problem.Jobs[j].Alternatives.Any(a => a.AllowedVehicles?.Contains(v) != false && !a.ForbiddenVehicles.Contains(v))))];

    private static long Fen(long units) => (long)Math.Round(units / (decimal)PlanningRules.UnitsPerFen, MidpointRounding.AwayFromZero);
}
