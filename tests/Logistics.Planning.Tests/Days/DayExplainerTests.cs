using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Planning.Days.Explaining;
using Logistics.Planning.Days.Repairs;
using Logistics.Routing.Checking;

namespace Logistics.Planning.Tests.Days;

public sealed class DayExplainerTests
{
    // A day with too few vehicles, so that parcels stay out; plans are immutable and shared.
    private static readonly Lazy<Task<RunningDay>> Tight = new(async () =>
    {
        var input = SmallDays.Input(5, 150);
        input = input with { Shifts = [.. input.Shifts.GroupBy(s => input.Network.FindVehicle(s.VehicleId)!.HomeHubId).SelectMany(g => g.Take(1))] };
        var (model, outcome) = await SmallDays.SolveAsync(input);
        return new RunningDay(outcome.DayPlan, model, outcome.Plan);
    });

    [Fact]
    public async Task Slice_costs_what_its_route_costs_in_the_day()
    {
        var day = await Tight.Value;
        var left = RouteSlice.ListLeft(day.Model.Problem, day.Plan);
        foreach (var route in day.Plan.Routes)
        {
            var slice = RouteSlice.Of(day.Model, day.Plan, route.Vehicle, left, []);

            Assert.Empty(PlanChecker.Check(slice.Problem, slice.Plan).Violations);
            Assert.Equal(route.Cost.Total, slice.Plan.Routes[0].Cost.Total);
        }
    }

    [Fact]
    public async Task Left_out_parcel_is_asked_about_at_every_vehicle_and_a_change_is_looked_for_only_where_none_can()
    {
        var day = await Tight.Value;
        Assert.NotEmpty(day.Plan.Unserved);
        foreach (var job in day.Plan.Unserved.Take(6))
        {
            var answer = DayExplainer.ExplainUnserved(day, day.Model.Parcels[job].Id, TestContext.Current.CancellationToken)!;

            Assert.Equal(day.Model.Vehicles.Count, answer.Offers.Count + answer.Elsewhere);
            if (answer.Offers.Any(o => o.ExtraFen is not null)) Assert.Null(answer.Change);
            else if (answer.Change is { } change) Assert.NotEmpty(change.Parts);
            Assert.All(answer.Offers.Where(o => o.ExtraFen is not null), o => Assert.Empty(o.Rules));
        }
    }

    [Fact]
    public async Task Question_about_a_served_or_unknown_parcel_has_no_answer()
    {
        var day = await Tight.Value;
        var served = day.DayPlan.Routes[0].Trips[0].Stops[0].Tasks[0].ParcelId;

        Assert.Null(DayExplainer.ExplainUnserved(day, served, TestContext.Current.CancellationToken));
        Assert.Null(DayExplainer.ExplainUnserved(day, "par_none", TestContext.Current.CancellationToken));
        Assert.Null(DayExplainer.ExplainStop(day, "veh_none", [served], TestContext.Current.CancellationToken));
    }
}
