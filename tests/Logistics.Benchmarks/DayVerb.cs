using System.Diagnostics;
using System.Globalization;
using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Planning.Days.Explaining;
using Logistics.Planning.Days.Repairs;
using Logistics.Planning.Demo;
using Logistics.Planning.Formats.Json;
using Logistics.Planning.Travel;

namespace Logistics.Benchmarks;

/// <summary>
/// <c>day</c>: from a generated day's parcels to a checked plan, without host and store: seconds of wall and processor by phase, for the first plan of a process and for those that follow.
/// The travel tables are built anew in every run; what a host keeps between two plans is not kept.
/// </summary>
internal static class DayVerb
{
    private const int Questions = 8;

    public static async Task<int> RunAsync(string[] args)
    {
        int parcels = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3_000;
        double seconds = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 0.5;
        int runs = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 3;
        long iterations = args.Length > 3 ? long.Parse(args[3], CultureInfo.InvariantCulture) : long.MaxValue;
        var city = DemoCity.Generate(new DemoOptions { Parcels = parcels, Day = new DateOnly(2026, 11, 24), HistoryDays = 0 });
        Console.WriteLine($"{city.Parcels.Count} parcels, {city.Network.Terminals.Count} terminals, {city.Network.Vehicles.Count} vehicles, budget {seconds} s{(iterations == long.MaxValue ? "" : $" or {iterations} iterations")}");
        for (int run = 0; run < runs; run++) await PlanAsync(city, new SolveSettings { Seconds = seconds, MaxIterations = iterations }, run);
        Console.WriteLine($"peak of the process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        return 0;
    }

    private static async Task PlanAsync(DemoData city, SolveSettings settings, int run)
    {
        var time = TimeProvider.System;
        var planner = new DayPlanner(GreatCircleTimes.Beijing, new TravelCache(), time);
        var ids = new IdFactory(time, city.Options.Seed);
        var input = new DayInput { Network = city.Network, Day = city.Options.Day, Parcels = city.Parcels, Shifts = city.Shifts, TakenByTerminal = DayInput.CountTaken(city.Compartments) };
        var clock = new Phases();
        var model = await planner.BuildAsync(input, CancellationToken.None);
        clock.End("build");
        double? first = null;
        var outcome = planner.Solve(model, settings, new PlanHeader(ids.New(IdPrefix.Plan), 1, "", ""), ids, p => first ??= p.Seconds, CancellationToken.None);
        clock.End("solve");
        int bytes = JsonWriting.Write(outcome.Plan, model.Problem.Name).Length + DomainJson.Write(outcome.DayPlan).Length;
        clock.End("write");
        Console.WriteLine($"run {run}: {clock}; first plan after {first:0.00} s of the solve, {outcome.DayPlan.Unassigned.Count} left out, {outcome.DayPlan.Solve?.Iterations} iterations, "
            + $"{(outcome.Check.IsLegal ? "checked" : "ILLEGAL")}, {bytes >> 10} KB, working set {Environment.WorkingSet >> 20} MB");
        if (run == 0)
        {
            Ask(new RunningDay(outcome.DayPlan, model, outcome.Plan));
            for (int i = 0; i < 2; i++) await BreakAsync(new RunningDay(outcome.DayPlan, model, outcome.Plan), ids);
        }

        foreach (var reason in outcome.DayPlan.Unassigned.GroupBy(u => u.Code, StringComparer.Ordinal)) Console.WriteLine($"  {reason.Key} {reason.Count()}");
    }

    /// <summary>What a click on a parcel left out, or on a stop, takes.</summary>
    private static void Ask(RunningDay day)
    {
        foreach (var parcel in day.DayPlan.Unassigned.Where(u => day.Model.JobOfParcel.ContainsKey(u.ParcelId)).Take(Questions))
        {
            var clock = new Phases();
            var answer = DayExplainer.ExplainUnserved(day, parcel.ParcelId, CancellationToken.None)!;
            clock.End("why left out");
            Console.WriteLine($"  {clock}: {answer.Offers.Count(o => o.ExtraFen is not null)} of {answer.Offers.Count} vehicles could, "
                + $"{string.Join(' ', answer.Offers.Where(o => o.ExtraFen is null).GroupBy(o => string.Join('+', o.Rules)).Select(g => $"{g.Key}×{g.Count()}"))}; "
                + $"{(answer.Change is { } change ? $"{change.Plate}: {string.Join(", ", change.Parts.Select(p => $"{p.Kind} {p.Amount}"))}" : "no change")}");
        }

        foreach (var route in day.DayPlan.Routes.Take(Questions / 2))
        {
            var clock = new Phases();
            var answer = DayExplainer.ExplainStop(day, route.VehicleId, [.. route.Trips[0].Stops[route.Trips[0].Stops.Count / 2].Tasks.Select(t => t.ParcelId)], CancellationToken.None)!;
            clock.End("what a stop costs");
            Console.WriteLine($"  {clock}: {answer.MarginalFen} fen, {answer.Offers.Count(o => o.ExtraFen is not null)} of {answer.Offers.Count} vehicles could");
        }
    }

    /// <summary>The repair after the breakdown of the longest route's vehicle, two hours out.</summary>
    private static async Task BreakAsync(RunningDay day, IdFactory ids)
    {
        var broken = day.DayPlan.Routes.MaxBy(r => r.End - r.Start)!;
        var wish = new RepairWish { At = broken.Start.AddHours(2), Incidents = [new VehicleBreaksDown(broken.VehicleId, IsCargoReachable: true)] };
        var clock = new Phases();
        var repair = await new DayRepairer(GreatCircleTimes.Beijing, new TravelCache(), TimeProvider.System).RepairAsync(day, wish, new PlanHeader(ids.New(IdPrefix.Plan), 2, "", ""), ids, CancellationToken.None);
        clock.End($"repair of a breakdown, {wish.Seconds:0} s of search");
        Console.WriteLine($"  {clock}: {repair.Repair?.Touched.Count} parcels touched, {repair.After?.DayPlan.Unassigned.Count} left out, {(repair.After?.DayPlan.Violations.Count == 0 ? "checked" : "ILLEGAL")}");
    }

    private sealed class Phases
    {
        private readonly List<string> _ended = [];
        private readonly Process _process = Process.GetCurrentProcess();
        private long _wall = Stopwatch.GetTimestamp();
        private TimeSpan _cpu = Process.GetCurrentProcess().TotalProcessorTime;

        public void End(string phase)
        {
            _process.Refresh();
            var cpu = _process.TotalProcessorTime;
            _ended.Add($"{phase} {Stopwatch.GetElapsedTime(_wall).TotalSeconds:0.00} s ({(cpu - _cpu).TotalSeconds:0.00} CPU)");
            (_wall, _cpu) = (Stopwatch.GetTimestamp(), cpu);
        }

        public override string ToString() => string.Join(", ", _ended);
    }
}
