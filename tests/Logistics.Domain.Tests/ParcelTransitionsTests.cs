namespace Logistics.Domain.Tests;

public sealed class ParcelTransitionsTests
{
    private static readonly ParcelAssignment Assignment = new("pln_1", "rou_1", "veh_1", "ter_1", SizeClass.M, Samples.Now.AddHours(3));

    [Theory]
    [InlineData("Plan Load Depart Deposit Collect", ParcelState.Collected)]
    [InlineData("Plan Load Depart HandOver", ParcelState.HandedOver)]
    [InlineData("Plan Load Depart Deposit Expire Return Retry", ParcelState.Promised)]
    [InlineData("Plan Load Depart Deposit Expire Collect", ParcelState.Collected)]
    [InlineData("Plan Load Depart Lose Find Retry Plan", ParcelState.Planned)]
    [InlineData("Plan Unplan Cancel", ParcelState.Cancelled)]
    [InlineData("Quarantine Mend Promise Plan Plan", ParcelState.Planned)]
    public void Day_of_a_parcel_ends_where_the_actions_lead(string actions, ParcelState end)
    {
        var parcel = Samples.Parcel();
        foreach (var action in actions.Split(' ').Select(Enum.Parse<ParcelAction>))
        {
            var next = ParcelTransitions.Apply(parcel, action, Samples.Now);
            Assert.True(next.IsAccepted, next.Refusal?.Message);
            parcel = next.Value;
        }
        Assert.Equal(end, parcel.State);
    }

    [Fact]
    public void Every_pair_of_state_and_action_is_either_a_move_or_a_refusal_that_says_what_is_possible()
    {
        foreach (var state in Enum.GetValues<ParcelState>())
        {
            foreach (var action in Enum.GetValues<ParcelAction>())
            {
                var parcel = Samples.Parcel() with { State = state };
                var outcome = ParcelTransitions.Apply(parcel, action, Samples.Now);
                Assert.Equal(ParcelTransitions.AllowedActions(state).Contains(action), outcome.IsAccepted);
                if (!outcome.IsAccepted) Assert.Contains(ParcelTransitions.IsFinal(state) ? "final" : "Possible", outcome.Refusal.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Final_states_are_exactly_the_three_ends() =>
        Assert.Equal(
            [ParcelState.HandedOver, ParcelState.Collected, ParcelState.Cancelled],
            Enum.GetValues<ParcelState>().Where(ParcelTransitions.IsFinal));

    [Fact]
    public void Unplanning_forgets_the_assignment()
    {
        var planned = ParcelTransitions.Assign(Samples.Parcel(), Assignment, Samples.Now).Value!;
        Assert.Equal(Assignment, planned.Assignment);
        Assert.Null(ParcelTransitions.Apply(planned, ParcelAction.Unplan, Samples.Now).Value!.Assignment);
    }

    [Fact]
    public void Same_order_again_is_the_stored_parcel_itself()
    {
        var stored = ParcelTransitions.Assign(Samples.Parcel(), Assignment, Samples.Now).Value!;
        Assert.Same(stored, ParcelTransitions.Revise(stored, Samples.Parcel() with { Id = "par_other" }, Samples.Now.AddHours(1)).Value);
    }

    [Fact]
    public void Changed_order_of_a_planned_parcel_is_a_revision_that_leaves_the_plan()
    {
        var stored = ParcelTransitions.Assign(Samples.Parcel(), Assignment, Samples.Now).Value!;
        var revised = ParcelTransitions.Revise(stored, Samples.Parcel(Samples.Draft with { WeightGrams = 2000 }), Samples.Now.AddHours(1)).Value!;

        Assert.Equal((stored.Id, 2, ParcelState.Promised, 2000), (revised.Id, revised.Revision, revised.State, revised.WeightGrams));
        Assert.Null(revised.Assignment);
    }

    [Theory]
    [InlineData(ParcelState.Loaded)]
    [InlineData(ParcelState.Deposited)]
    [InlineData(ParcelState.Cancelled)]
    public void Changed_order_is_refused_once_loaded(ParcelState state)
    {
        var stored = Samples.Parcel() with { State = state };
        var outcome = ParcelTransitions.Revise(stored, Samples.Parcel(Samples.Draft with { WeightGrams = 2000 }), Samples.Now);
        Assert.Equal("order.locked", outcome.Refusal?.Code);
    }

    [Fact]
    public void Retry_moves_every_window_by_whole_days_and_only_forward()
    {
        var returned = Samples.Parcel(Samples.Draft with { Options = [new(DeliveryKind.Door), new(DeliveryKind.Door, PreferenceFen: 1, Start: Samples.Now.AddHours(5))] }) with { State = ParcelState.Returned };

        var retried = ParcelTransitions.Retry(returned, returned.Day.AddDays(2), Samples.Now).Value!;

        Assert.Equal((ParcelState.Promised, returned.Day.AddDays(2)), (retried.State, retried.Day));
        Assert.Equal(returned.Promise.Start.AddDays(2), retried.Promise.Start);
        Assert.Equal(Samples.Now.AddHours(53), retried.Options[1].Window.Start);
        Assert.Equal("parcel.day", ParcelTransitions.Retry(returned, returned.Day, Samples.Now).Refusal?.Code);
        Assert.Equal("parcel.transition", ParcelTransitions.Retry(Samples.Parcel(), returned.Day.AddDays(1), Samples.Now).Refusal?.Code);
    }
}
