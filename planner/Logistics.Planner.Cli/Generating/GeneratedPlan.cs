using System.Globalization;
using System.Text;
using Logistics.Domain;
using Logistics.Planning.CostSharing;
using Logistics.Planning.Days;
using Logistics.Planning.Demo;
using Logistics.Planning.Demo.Files;
using Logistics.Planning.Formats.Json;
using Logistics.Planning.Travel;
using Logistics.Routing.Model;

namespace Logistics.Planner.Cli.Generating;

/// <summary>The plan of a generated day with its numbers.</summary>
/// <param name="Problem">Null when its text would be too long.</param>
internal sealed record GeneratedPlan(IReadOnlyList<DemoFile> Files, Problem? Problem, object Summary, string Text, bool IsLegal)
{
    /// <summary>Above this many places the problem's matrices would make a text of gigabytes.</summary>
    private const int MaxPlacesWritten = 2_000;

    public static async Task<GeneratedPlan> SolveAsync(DemoData city, double seconds, bool shares, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var planner = new DayPlanner(GreatCircleTimes.Beijing, new TravelCache(), time);
        var input = new DayInput
        {
            Network = city.Network,
            Day = city.Options.Day,
            Parcels = city.Parcels,
            Shifts = city.Shifts,
            TakenByTerminal = DayInput.CountTaken(city.Compartments),
        };
        var ids = new IdFactory(time, city.Options.Seed);
        var started = time.GetTimestamp();
        var model = await planner.BuildAsync(input, cancellation);
        var built = time.GetElapsedTime(started).TotalSeconds;
        var settings = new SolveSettings { Seconds = seconds, Seed = city.Options.Seed };
        double? firstAt = null;
        var outcome = planner.Solve(
            model, settings, new PlanHeader(ids.New(IdPrefix.Plan), 1, "demo", "generate"), ids, _ => firstAt ??= time.GetElapsedTime(started).TotalSeconds, cancellation);
        var total = time.GetElapsedTime(started).TotalSeconds;

        var plan = outcome.DayPlan;
        var stops = plan.Routes.Sum(r => r.Trips.Sum(t => t.Stops.Count));
        var doors = plan.Routes.SelectMany(r => r.Trips).SelectMany(t => t.Stops).Where(s => s.TerminalId is null).Sum(s => s.Tasks.Count);
        var summary = new
        {
            buildSeconds = Math.Round(built, 3),
            firstPlanSeconds = firstAt is { } at ? Math.Round(at, 3) : (double?)null,
            totalSeconds = Math.Round(total, 3),
            peakMegabytes = Environment.WorkingSet >> 20,
            iterations = plan.Solve?.Iterations,
            places = model.Places.Count,
            isLegal = outcome.Check.IsLegal,
            violations = plan.Violations.Take(20),
            assigned = plan.CountParcels(),
            unassigned = plan.Unassigned.Count,
            reasons = plan.Unassigned.GroupBy(u => u.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            routes = plan.Routes.Count,
            stops,
            doorParcels = doors,
            kilometres = plan.Routes.Sum(r => (long)r.DistanceMetres) / 1000,
            operatingYuan = plan.Cost.OperatingFen() / 100,
            shares = shares ? await ShareAsync(planner, input, settings, ids, cancellation) : null,
            curve = plan.Solve?.Progress.Select(p => new { p.Seconds, yuan = p.CostFen / 100, p.Unassigned }),
        };
        var text = string.Create(CultureInfo.InvariantCulture,
            $"Plan: {summary.assigned} assigned, {summary.unassigned} unassigned, {summary.routes} routes, {stops} stops, {summary.kilometres} km, {summary.operatingYuan} yuan; "
            + $"{(summary.isLegal ? "checked" : "ILLEGAL")}; built in {built:0.00} s, first plan after {firstAt ?? total:0.00} s, all in {total:0.00} s, {summary.peakMegabytes} MB.");
        var files = new List<DemoFile> { new("plan.json", Encoding.UTF8.GetBytes(JsonWriting.Write(outcome.Plan, model.Problem.Name))), new("day-plan.json", Encoding.UTF8.GetBytes(DomainJson.Write(plan))) };
        return new GeneratedPlan(files, model.Places.Count <= MaxPlacesWritten ? model.Problem : null, summary, text, outcome.Check.IsLegal);
    }

    private static async Task<object> ShareAsync(DayPlanner planner, DayInput input, SolveSettings settings, IdFactory ids, CancellationToken cancellation)
    {
        var game = await PartnerGame.PlanAsync(planner, input, settings, ids, null, cancellation);
        var shapley = ShapleyValue.Exact(game.CostFen);
        return new
        {
            partners = game.PartnerIds.Select(id => input.Network.FindPartner(id)!.Code),
            aloneFen = game.PartnerIds.Index().Select(p => game.CostFen[1 << p.Index]),
            togetherFen = game.CostFen[^1],
            shapleyFen = shapley,
            nucleolusFen = Nucleolus.Of(game.CostFen),
            proportionalFen = ProportionalShares.OfStandAlone(game.CostFen),
            isShapleyInCore = CoreCheck.Of(game.CostFen, shapley).IsInCore,
        };
    }
}
