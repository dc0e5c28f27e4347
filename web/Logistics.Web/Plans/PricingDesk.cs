using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Network;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Plans;

/// <summary>Prices of edits while somebody drags: the day's model is kept for each plan being edited and made anew when the day has changed under it. Thread-safe.</summary>
public sealed class PricingDesk(LogisticsStorage storage, NetworkCache cache, DayLoader days, DayModels models)
{
    /// <summary>A model of 10,000 parcels takes some 200 MB.</summary>
    private const int MostKept = 3;
    private const int MostEdits = 500;

    // Prices take some hundredths of a second each; vehicles that pass near come first, so the cheap ones are among these.
    private const int MostPlacesPriced = 60, EnoughTakers = 6;

    /// <summary>The plan and the day it is edited on, as one snapshot.</summary>
    private sealed record Desk(DayPlan Plan, NetworkSnapshot Network, IReadOnlyDictionary<string, Parcel> Parcels, string Stamp);

    private sealed record Key(Desk Desk, string Fleet);

    private readonly KeptTasks<Key, EditPricer> _kept = new(MostKept);

    public async Task<Results<Ok<EditPriceView>, ProblemHttpResult>> PriceAsync(string planId, IReadOnlyList<PlanEditView> views, CancellationToken cancellationToken)
    {
        if (views.Count > MostEdits) return ApiProblems.Invalid("edits", null, "range", $"At most {MostEdits} edits are taken at once.");
        if (await FindAsync(planId, cancellationToken) is not { } desk) return ApiProblems.NotFound("plan", planId);
        if (PlanViews.IsRepair(desk.Plan)) return PlanEditor.Running();
        var (edits, problems) = EditWishes.Read(views, desk.Plan, desk.Network, desk.Parcels);
        if (problems.Count > 0) return ApiProblems.Invalid(problems, "The edits name something the plan does not have.");
        var pricer = await PricerOf(desk, edits).WaitAsync(cancellationToken);
        return TypedResults.Ok(View(desk, pricer, pricer.Price(edits)));
    }

    /// <summary>The other vehicles that could make a stop as it is, each at its cheapest legal place among those priced.</summary>
    public async Task<Results<Ok<TakersView>, ProblemHttpResult>> TakersAsync(string planId, int routeNo, int stopNo, CancellationToken cancellationToken)
    {
        if (await FindAsync(planId, cancellationToken) is not { } desk) return ApiProblems.NotFound("plan", planId);
        var (plan, network) = (desk.Plan, desk.Network);
        if (PlanViews.IsRepair(plan)) return PlanEditor.Running();
        if (routeNo < 1 || routeNo > plan.Routes.Count) return ApiProblems.NotFound("route", $"{routeNo}");
        var from = plan.Routes[routeNo - 1];
        if (RouteStops.List(from).ElementAtOrDefault(stopNo)?.Stop is not { Tasks.Count: > 0 } stop) return ApiProblems.NotFound("stop with parcels", $"{routeNo}.{stopNo}");
        var pricer = await PricerOf(desk, []).WaitAsync(cancellationToken);
        return await Task.Run(() =>
        {
            var takers = new Dictionary<int, TakerView>();
            var tried = 0;
            foreach (var (to, position) in TakerPlaces.Rank(plan.Routes, from, stop, network.FindHub(from.HubId)!.Location).Take(MostPlacesPriced))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (takers.Count >= EnoughTakers) break;
                tried++;
                var (edits, problems) = EditWishes.Read([new MoveStopEdit(routeNo, stopNo, to, position)], plan, network, desk.Parcels);
                if (problems.Count > 0 || pricer.Price(edits) is not { Violations.Count: 0, Problems.Count: 0 } price) continue;
                var taker = new TakerView(to, network.FindVehicle(plan.Routes[to - 1].VehicleId)!.Plate, position, PaidFen(price), price.DistanceMetres, price.DurationSeconds);
                if (!takers.TryGetValue(to, out var known) || taker.CostFen < known.CostFen) takers[to] = taker;
            }

            return TypedResults.Ok(new TakersView([.. takers.Values.OrderBy(t => t.CostFen).ThenBy(t => t.RouteNo)], tried));
        }, cancellationToken);
    }

    /// <summary>Works out what prices of this plan's edits need; what goes wrong is told to the first who asks for a price.</summary>
    public async Task PrepareAsync(string planId)
    {
        if (await FindAsync(planId, CancellationToken.None) is { } desk) await PricerOf(desk, []);
    }

    private async Task<Desk?> FindAsync(string planId, CancellationToken cancellationToken)
    {
        var travel = await days.TravelIdentityAsync(cancellationToken);
        return await storage.ReadAsync(async db =>
        {
            var network = await cache.GetAsync(db);
            var known = _kept.FindKey(k => k.Desk.Plan.Id == planId)?.Desk;
            var plan = known?.Plan ?? await storage.Plans.FindAsync(db, planId);
            if (plan is null) return null;
            var stamp = travel + await models.StampAsync(db, plan.Day);
            if (known?.Stamp == stamp && ReferenceEquals(known.Network, network)) return known;
            var parcels = await storage.Orders.ListPlannableAsync(db, network.Area.Id, plan.Day);
            return new Desk(plan, network, parcels.ToDictionary(p => p.Id, StringComparer.Ordinal), stamp);
        }, cancellationToken);
    }

    /// <summary>The pricer whose model has the vehicles these edits need.</summary>
    private Task<EditPricer> PricerOf(Desk desk, IReadOnlyList<PlanEdit> edits)
    {
        // Vehicles taken out by this very edit stay in the model, or their route would have no price.
        var carried = EditWishes.Read([], desk.Plan, desk.Network, desk.Parcels).Edits.OfType<RemoveVehicle>().Select(e => e.VehicleId).ToHashSet(StringComparer.Ordinal);
        List<PlanEdit> fleet = [.. edits.Where(e => e is AddVehicle || (e is RemoveVehicle gone && carried.Contains(gone.VehicleId)))];
        var name = string.Join(',', fleet);
        return _kept.Get(
            new Key(desk, name), k => ReferenceEquals(k.Desk, desk) && k.Fleet == name, () => BuildAsync(desk.Plan, fleet),
            isReplaced: k => k.Desk.Plan.Id == desk.Plan.Id && !ReferenceEquals(k.Desk, desk));
    }

    private async Task<EditPricer> BuildAsync(DayPlan plan, IReadOnlyList<PlanEdit> fleet)
    {
        // Not the request's token: the next drag wants the model, too.
        if (fleet.Count == 0)
        {
            var today = await models.GetAsync(plan.Day, CancellationToken.None);
            var answer = await storage.ReadAsync(db => days.AnswerAsync(db, plan), CancellationToken.None);
            return new EditPricer(today with { Input = today.Input with { Base = plan, BaseAnswer = answer } });
        }
        var planner = await days.PlannerAsync(CancellationToken.None);
        return new EditPricer(await planner.BuildAsync(await days.LoadAsync(plan.Day, plan, fleet, CancellationToken.None), CancellationToken.None));
    }

    private EditPriceView View(Desk desk, EditPricer pricer, EditPrice price)
    {
        var routes = pricer.Translate(price, storage.Ids);
        var input = pricer.Model.Input;
        var views = new PlanViews(desk.Plan with { Routes = routes }, desk.Network, input.Shifts.ToDictionary(s => s.Id, StringComparer.Ordinal), desk.Parcels);
        var number = desk.Plan.Routes.Index().ToDictionary(r => r.Item.VehicleId, r => r.Index + 1, StringComparer.Ordinal);
        // A wish can concern a parcel no vehicle may carry: then its own reason says more than "not part of the problem".
        var ruledOut = pricer.Model.RuledOut.Where(u => price.Problems.Any(p => p.Contains(u.ParcelId, StringComparison.Ordinal))).ToList();
        var violations = price.Violations.Select(v => ViolationView.Of(v.Broken, v.Message) with
        {
            RouteNo = v.VehicleId is null ? 0 : number.GetValueOrDefault(v.VehicleId),
            StopNo = StopOf(routes, v.ParcelId),
            ParcelIds = v.ParcelId is null ? [] : [v.ParcelId],
        })
            .Concat(ruledOut.Select(u => new ViolationView(0, null, [u.ParcelId], u.Code, u.Message)))
            .Concat(price.Problems.Where(p => !ruledOut.Exists(u => p.Contains(u.ParcelId, StringComparison.Ordinal))).Select(p => new ViolationView(0, null, [], "edit", p)))
            .ToList();
        // Routes keep the numbers of the plan being edited, so that the page can lay one over the other.
        var changed = routes.Select((r, i) => views.Route(r, number.TryGetValue(r.VehicleId, out var n) ? n : number.Count + 1 + i));
        return new EditPriceView(violations.Count == 0, PaidFen(price), price.DistanceMetres, price.DurationSeconds, price.Parcels, price.BrokenWindows, violations, [.. changed]);
    }

    /// <summary>What leaving a parcel out is priced at is not money anybody pays: it is shown as parcels.</summary>
    private static long PaidFen(EditPrice price) => price.Difference.TotalFen() - price.Difference.UnservedFen;

    private static int? StopOf(IReadOnlyList<PlannedRoute> routes, string? parcelId)
    {
        if (parcelId is null) return null;
        foreach (var route in routes)
        {
            var index = RouteStops.List(route).FindIndex(e => e.Stop?.Tasks.Any(t => t.ParcelId == parcelId) is true);
            if (index >= 0) return index;
        }

        return null;
    }
}
