namespace Logistics.Domain.Tests;

public sealed class DayClosingTests
{
    private static readonly DateOnly Day = new(2026, 6, 1);

    private static ClosingParcel Parcel(int number, ParcelState state, bool wasLoaded = true, string vehicle = "veh_1", string partner = "ptn_jd") =>
        new($"par_{number}", $"JD{number:000}", partner, wasLoaded ? vehicle : null, wasLoaded, state);

    private static Outcome<DayClosing> Close(DayBalance balance, string? reason = null) =>
        DayClosing.Close("are_1", Day, balance, "digest", "usr_1", reason, Samples.Now);

    [Fact]
    public void Day_adds_up_when_every_loaded_parcel_is_delivered_returned_or_missing()
    {
        // Loaded: 1 deposited + 2 handed over + 3 collected + 4 overdue = 4 delivered, 5 returned, 6 missing; 7 stayed at the hub.
        var balance = DayBalance.Of(
        [
            Parcel(1, ParcelState.Deposited), Parcel(2, ParcelState.HandedOver, vehicle: "veh_2"), Parcel(3, ParcelState.Collected), Parcel(4, ParcelState.Overdue),
            Parcel(5, ParcelState.Returned, partner: "ptn_sf"), Parcel(6, ParcelState.Missing), Parcel(7, ParcelState.Promised, wasLoaded: false),
        ]);

        Assert.Equal(new DaySum(6, 4, 1, 1, 1), balance.Total);
        Assert.Equal(new DaySum(5, 3, 1, 1, 0), balance.ByVehicle["veh_1"]);
        Assert.Equal(new DaySum(1, 0, 1, 0, 0), balance.ByPartner["ptn_sf"]);
        Assert.Equal(balance.Total, balance.ByPartner.Values.Aggregate((a, b) => a + b));
        var closing = Close(balance, "not needed");
        Assert.True(closing.IsAccepted);
        Assert.Null(closing.Value.SignedReason);
    }

    [Theory]
    [InlineData(ParcelState.Loaded)]
    [InlineData(ParcelState.Out)]
    public void Parcel_still_on_a_vehicle_keeps_the_day_open_until_somebody_signs(ParcelState state)
    {
        var balance = DayBalance.Of([Parcel(1, ParcelState.Deposited), Parcel(2, state)]);

        var refusal = Close(balance).Refusal;
        Assert.Equal("day.unbalanced", refusal?.Code);
        Assert.Contains("2 loaded, but 1 delivered + 0 returned + 0 missing = 1. 1 unaccounted for, the first JD002", refusal?.Message, StringComparison.Ordinal);
        Assert.False(Close(balance, "  ").IsAccepted);

        var signed = Close(balance, " 车辆故障，明早卸车 ").Value!;
        Assert.Equal("车辆故障，明早卸车", signed.SignedReason);
        Assert.Equal(["par_2"], signed.Unaccounted);
    }

    [Fact]
    public void Every_state_of_a_loaded_parcel_is_counted_exactly_once_or_named()
    {
        foreach (var state in Enum.GetValues<ParcelState>())
        {
            var balance = DayBalance.Of([Parcel(1, state)]);
            Assert.Equal(1, balance.Total.Delivered + balance.Total.Returned + balance.Total.Missing + balance.Unaccounted.Count);
            Assert.Equal(balance.Unaccounted.Count, balance.Total.Unaccounted());
        }
    }

    [Fact]
    public void Empty_day_closes() => Assert.True(Close(DayBalance.Of([])).IsAccepted);
}
