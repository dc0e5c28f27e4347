using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Planning.Demo;
using Logistics.Planning.Travel;

namespace Logistics.Planning.Tests.Days;

/// <summary>Small demo days and a planner that stops by iterations, so that every run is the same.</summary>
internal static class SmallDays
{
    public static readonly DateOnly Tuesday = new(2026, 11, 24);

    public static DayPlanner Planner { get; } = new(GreatCircleTimes.Beijing, new TravelCache(), TimeProvider.System);

    public static IdFactory Ids => new(TimeProvider.System, 5);

    public static PlanHeader Header(int version = 1) => new($"pln_{version}", version, "测试", "test");

    public static DayInput Input(int seed, int parcels, int terminals = 12, int vehicles = 6)
    {
        var city = DemoCity.Generate(new DemoOptions { Day = Tuesday, Seed = seed, Parcels = parcels, Terminals = terminals, Vehicles = vehicles, HistoryDays = 0 });
        return InputOf(city);
    }

    public static DayInput InputOf(DemoData city) => new()
    {
        Network = city.Network,
        Day = city.Options.Day,
        Parcels = city.Parcels,
        Shifts = city.Shifts,
        TakenByTerminal = DayInput.CountTaken(city.Compartments),
    };

    public static SolveSettings Short(long iterations = 30) => new() { Seconds = 120, MaxIterations = iterations };

    public static async Task<(DayModel Model, DayOutcome Outcome)> SolveAsync(DayInput input, long iterations = 30)
    {
        var model = await Planner.BuildAsync(input, TestContext.Current.CancellationToken);
        return (model, Planner.Solve(model, Short(iterations), Header(), Ids, null, TestContext.Current.CancellationToken));
    }
}
