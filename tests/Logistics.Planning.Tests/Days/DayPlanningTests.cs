using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Routing.Checking;

namespace Logistics.Planning.Tests.Days;

public sealed class DayPlanningTests
{
    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 90)]
    [InlineData(3, 120)]
    [InlineData(4, 150)]
    public async Task Every_plan_of_a_random_day_passes_the_checker_and_counts_add_up(int seed, int parcels)
    {
        var (_, outcome) = await SmallDays.SolveAsync(SmallDays.Input(seed, parcels));

        Assert.Empty(outcome.Check.Violations.Select(v => v.ToString()));
        Assert.Empty(outcome.DayPlan.Violations);
        Assert.Equal(parcels, outcome.DayPlan.CountParcels() + outcome.DayPlan.Unassigned.Count);
        var planned = outcome.DayPlan.Routes.SelectMany(r => r.Trips).SelectMany(t => t.Stops).SelectMany(s => s.Tasks).Select(t => t.ParcelId);
        Assert.Equal(parcels, planned.Concat(outcome.DayPlan.Unassigned.Select(u => u.ParcelId)).Distinct().Count());
        Assert.True(outcome.DayPlan.CountParcels() > parcels / 2);
        Assert.All(outcome.DayPlan.Unassigned, u => Assert.False(string.IsNullOrWhiteSpace(u.Message)));
    }

    [Fact]
    public async Task Plan_in_the_words_of_the_day_keeps_windows_hours_and_compartments()
    {
        var input = SmallDays.Input(7, 150);
        var (_, outcome) = await SmallDays.SolveAsync(input);

        var parcels = input.Parcels.ToDictionary(p => p.Id);
        var taken = new Dictionary<(string, SizeClass), int>();
        foreach (var route in outcome.DayPlan.Routes)
        {
            var vehicle = input.Network.FindVehicle(route.VehicleId)!;
            Assert.True(route.End >= route.Start);
            Assert.Equal(route.DistanceMetres, route.Trips.Sum(t => t.ReturnMetres + t.Stops.Sum(s => s.LegMetres)));
            foreach (var trip in route.Trips)
            {
                Assert.True(trip.LoadGrams <= vehicle.CapacityGrams && trip.LoadMillilitres <= vehicle.CapacityMillilitres && trip.LoadCount <= vehicle.CapacityCount);
                foreach (var stop in trip.Stops)
                {
                    Assert.True(stop.Arrive <= stop.ServiceStart && stop.ServiceStart <= stop.Depart);
                    foreach (var task in stop.Tasks)
                    {
                        var parcel = parcels[task.ParcelId];
                        var option = parcel.Options[task.OptionIndex];
                        Assert.Equal(option.TerminalId, stop.TerminalId);
                        Assert.True(option.Window.Contains(stop.ServiceStart));
                        Assert.True(trip.LoadStart >= parcel.ReleaseAt);
                        if (stop.TerminalId is null) continue;
                        Assert.True(task.CompartmentSize >= parcel.Size);
                        var key = (stop.TerminalId, task.CompartmentSize!.Value);
                        taken[key] = taken.GetValueOrDefault(key) + 1;
                    }
                }
            }
        }

        Assert.All(taken, t => Assert.True(t.Value <= input.Network.FindTerminal(t.Key.Item1)!.Compartments[t.Key.Item2] - input.TakenByTerminal.GetValueOrDefault(t.Key.Item1)[t.Key.Item2]));
        Assert.NotEmpty(taken);
    }

    [Fact]
    public async Task Grouping_changes_neither_cost_nor_legality()
    {
        var input = SmallDays.Input(5, 200, terminals: 6);
        var model = await SmallDays.Planner.BuildAsync(input, TestContext.Current.CancellationToken);
        var grouping = JobGrouping.Group(model.Problem, 10);
        Assert.True(grouping.Problem.Jobs.Count < model.Problem.Jobs.Count * 0.9);
        Assert.Equal(model.Problem.Jobs.Count, grouping.Members.SelectMany(m => m).Distinct().Count());

        var result = Routing.Search.RouteSearch.Solve(grouping.Problem, new() { MaxIterations = 60 }, TestContext.Current.CancellationToken);
        var expanded = grouping.Expand(result.Plan);

        Assert.True(PlanChecker.Check(grouping.Problem, result.Plan).IsLegal);
        Assert.Empty(PlanChecker.Check(model.Problem, expanded).Violations.Select(v => v.ToString()));
    }

    [Fact]
    public async Task Locker_without_room_sends_parcels_elsewhere_or_says_it_is_full()
    {
        var input = SmallDays.Input(9, 80);
        var full = input.Network.Terminals.ToDictionary(t => t.Id, t => t.Compartments);
        var (_, outcome) = await SmallDays.SolveAsync(input with { TakenByTerminal = full });

        Assert.Empty(outcome.Check.Violations);
        Assert.All(outcome.DayPlan.Routes.SelectMany(r => r.Trips).SelectMany(t => t.Stops), s => Assert.Null(s.TerminalId));
        Assert.Contains(outcome.DayPlan.Unassigned, u => u.Code == "terminal.full");
    }

    [Fact]
    public async Task Parcel_needing_a_skill_nobody_has_stays_out_for_that_reason()
    {
        var input = SmallDays.Input(3, 60);
        var unskilled = new NetworkSnapshot(
            input.Network.Area, input.Network.Partners, input.Network.Hubs, input.Network.Terminals, input.Network.Vehicles,
            [.. input.Network.Couriers.Select(c => c with { Skills = [] })], [], []);
        var (_, outcome) = await SmallDays.SolveAsync(input with { Network = unskilled });

        var fresh = input.Parcels.Where(p => p.Handling == HandlingClass.Fresh).Select(p => p.Id).ToHashSet();
        Assert.NotEmpty(fresh);
        Assert.All(outcome.DayPlan.Unassigned.Where(u => fresh.Contains(u.ParcelId)), u => Assert.Equal("vehicle.skill", u.Code));
        Assert.Equal(fresh.Count, outcome.DayPlan.Unassigned.Count(u => fresh.Contains(u.ParcelId)));
    }

    [Fact]
    public async Task Parcel_behind_an_all_day_ban_is_left_out_because_of_the_rule()
    {
        var input = SmallDays.Input(4, 60);
        var everywhere = new AccessRule("rul_all", input.Network.Area.Id, "全域禁行", [GeoPolygon.FromBounds(115, 39, 117.5, 41)], new DateOnly(2026, 1, 1), null);
        var closed = new NetworkSnapshot(
            input.Network.Area, input.Network.Partners, input.Network.Hubs, input.Network.Terminals, input.Network.Vehicles, input.Network.Couriers, [everywhere], []);
        var (_, outcome) = await SmallDays.SolveAsync(input with { Network = closed }, 50);

        Assert.Equal(60, outcome.DayPlan.Unassigned.Count);
        Assert.Contains(outcome.DayPlan.Unassigned, u => u.Code == "access.rule");
    }

    [Fact]
    public async Task Equal_days_and_seeds_give_equal_plans()
    {
        var first = await SmallDays.SolveAsync(SmallDays.Input(6, 80));
        var second = await SmallDays.SolveAsync(SmallDays.Input(6, 80));

        Assert.Equal(first.Outcome.DayPlan.Cost, second.Outcome.DayPlan.Cost);
        Assert.Equal(
            first.Outcome.Plan.Routes.SelectMany(r => r.Steps).Select(s => (s.Kind, s.Job, s.Alternative, s.Start)),
            second.Outcome.Plan.Routes.SelectMany(r => r.Steps).Select(s => (s.Kind, s.Job, s.Alternative, s.Start)));
    }

    [Fact]
    public async Task Option_that_became_illegal_since_intake_is_not_used()
    {
        var input = SmallDays.Input(8, 80);
        var withdrawn = input.Parcels.Select(p => p with { HasTerminalConsent = false }).ToList();
        var (_, outcome) = await SmallDays.SolveAsync(input with { Parcels = withdrawn });

        Assert.All(outcome.DayPlan.Routes.SelectMany(r => r.Trips).SelectMany(t => t.Stops), s => Assert.Null(s.TerminalId));
        Assert.Contains(outcome.DayPlan.Unassigned, u => u.Code == OrderRule.TerminalConsent);
    }
}
