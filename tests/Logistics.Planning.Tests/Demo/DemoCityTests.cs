using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Planning.Demo;

namespace Logistics.Planning.Tests.Demo;

public sealed class DemoCityTests
{
    private static readonly DemoOptions Small = new() { Day = new DateOnly(2026, 11, 24), Parcels = 600, HistoryDays = 30 };

    [Fact]
    public void Equal_options_give_equal_cities()
    {
        var first = DemoCity.Generate(Small);
        var second = DemoCity.Generate(Small);

        Assert.Equal(DomainJson.Write(first.Parcels), DomainJson.Write(second.Parcels));
        Assert.Equal(DomainJson.Write(first.Network), DomainJson.Write(second.Network));
        Assert.Equal(first.History, second.History);
        Assert.NotEqual(first.Parcels[0].Recipient.Location, DemoCity.Generate(Small with { Seed = 2 }).Parcels[0].Recipient.Location);
    }

    [Fact]
    public void Default_city_has_the_promised_sizes()
    {
        var city = DemoCity.Generate(new DemoOptions { Day = new DateOnly(2026, 11, 24), HistoryDays = 0 });

        Assert.Equal(3_000, city.Parcels.Count);
        Assert.Equal(150, city.Network.Terminals.Count);
        Assert.Equal(40, city.Network.Vehicles.Count);
        Assert.Equal(40, city.Shifts.Count);
        Assert.Equal(5, city.Network.Partners.Count);
        Assert.Equal(4, city.Network.Partners.Select(p => p.Kind).Distinct().Count());
        Assert.Equal(3, city.Network.Vehicles.Select(v => v.Class).Distinct().Count());
        Assert.Contains(city.Network.Vehicles, v => v.Energy == EnergyKind.Electric);
        Assert.Contains(city.Network.Vehicles, v => !v.IsLocalPlate);
    }

    [Fact]
    public void Every_parcel_is_legal_where_its_options_send_it()
    {
        var city = DemoCity.Generate(Small);

        Assert.All(city.Parcels, p =>
        {
            Assert.NotEmpty(p.Options);
            foreach (var option in p.Options.Where(o => o.Kind == DeliveryKind.Terminal))
            {
                var terminal = city.Network.FindTerminal(option.TerminalId)!;
                Assert.True(p.HasTerminalConsent);
                Assert.True(terminal.Allows(p.PartnerId));
                Assert.True(terminal.Compartments.Largest() >= p.Size);
                Assert.True(p.Handling is not (HandlingClass.Fresh or HandlingClass.Valuable) || p.HasSenderLockerAgreement);
            }

            Assert.All(p.Options, o => Assert.True(o.Window.End > p.ReleaseAt));
            Assert.True(city.Network.Area.Outline.Contains(p.Recipient.Location));
        });
        Assert.Equal(city.Parcels.Count, city.Parcels.Select(p => (p.PartnerId, p.Waybill)).Distinct().Count());
    }

    [Fact]
    public void Shares_of_doors_and_sizes_are_believable()
    {
        var city = DemoCity.Generate(new DemoOptions { Day = new DateOnly(2026, 11, 24), HistoryDays = 0 });

        var doorOnly = city.Parcels.Count(p => p.Options.All(o => o.Kind == DeliveryKind.Door)) / 3_000.0;
        Assert.InRange(doorOnly, 0.12, 0.25);
        Assert.InRange(city.Parcels.Count(p => p.Size == SizeClass.S) / 3_000.0, 0.44, 0.52);
        Assert.InRange(city.Parcels.Average(p => p.WeightGrams), 1_500, 3_500);
        var lockers = city.Compartments.GroupBy(c => c.TerminalId).Select(g => g.Average(c => c.Use == CompartmentUse.Free ? 0.0 : 1.0)).ToList();
        Assert.InRange(lockers.Average(), 0.25, 0.50);
        Assert.Contains(lockers, fill => fill > 0.8);
    }

    [Fact]
    public void History_rises_at_the_festival_and_rests_at_the_holiday()
    {
        var city = DemoCity.Generate(new DemoOptions { Day = new DateOnly(2026, 11, 24), HistoryDays = 60 });

        var total = city.History.GroupBy(v => v.Day).ToDictionary(g => g.Key, g => g.Sum(v => v.Parcels));
        Assert.Equal(60, total.Count);
        Assert.True(total[new DateOnly(2026, 11, 12)] > 1.8 * total[new DateOnly(2026, 10, 22)]);
        Assert.True(total[new DateOnly(2026, 10, 2)] < 0.9 * total[new DateOnly(2026, 10, 22)]);
        Assert.InRange(total[new DateOnly(2026, 11, 23)], 1_800, 5_000);
        // The calendar knows every day that the sale moves.
        Assert.Equal(
            Enumerable.Range(1, 20).Select(d => new DateOnly(2026, 11, d)),
            city.Network.Calendar.Where(d => d.Festival == "双11" && d.Day.Year == 2026).Select(d => d.Day));
    }

    [Theory]
    [InlineData(2026, "2026-02-17", "2026-06-19", "2026-09-25")]
    [InlineData(2025, "2025-01-29", "2025-05-31", "2025-10-06")]
    [InlineData(2024, "2024-02-10", "2024-06-10", "2024-09-17")]
    public void Lunar_holidays_fall_on_their_gregorian_days(int year, string spring, string dragonBoat, string midAutumn)
    {
        var days = DemoCity.Generate(new DemoOptions { Day = new DateOnly(year, 12, 31), Parcels = 1, HistoryDays = 364 }).Network.Calendar;

        Assert.Contains(days, d => d.Name == "春节" && d.Day == DateOnly.Parse(spring, null));
        Assert.Contains(days, d => d.Day == DateOnly.Parse(dragonBoat, null) && d.Name == "端午节");
        Assert.Contains(days, d => d.Day == DateOnly.Parse(midAutumn, null) && d.Kind == DayKind.Holiday);
    }

    [Theory]
    [InlineData(80, 2)]
    [InlineData(300, 2)]
    [InlineData(400, 3)]
    [InlineData(3_000, 3)]
    [InlineData(12_000, 6)]
    [InlineData(20_000, 12)]
    public void Hubs_grow_with_the_city_and_each_has_parcels_and_the_fleet_they_need(int parcels, int hubs)
    {
        var city = DemoCity.Generate(new DemoOptions { Day = new DateOnly(2026, 11, 24), Parcels = parcels, HistoryDays = 0 });

        var vehicles = city.Network.Vehicles.CountBy(v => v.HomeHubId).ToDictionary();
        var load = city.Parcels.CountBy(p => p.HubId).ToDictionary();
        Assert.Equal(hubs, city.Network.Hubs.Count);
        Assert.All(city.Network.Hubs, h => Assert.True(vehicles.GetValueOrDefault(h.Id) > 0 && load.GetValueOrDefault(h.Id) > 0, h.Name));
        Assert.All(city.Network.Hubs, h => Assert.InRange((double)load[h.Id] / vehicles[h.Id], 5, 150));
        foreach (var hub in city.Network.Hubs)
        {
            // What needs a skilled courier has one at its hub.
            var skills = city.Network.Couriers.Where(c => c.HomeHubId == hub.Id).SelectMany(c => c.Skills).ToHashSet(StringComparer.Ordinal);
            Assert.All(
                city.Parcels.Where(p => p.HubId == hub.Id).Select(p => new PlanningRules().SkillByHandling.GetValueOrDefault(p.Handling)).OfType<string>().Distinct(),
                skill => Assert.Contains(skill, skills));
        }
    }

    [Fact]
    public void Absurd_options_are_refused_together()
    {
        var error = Assert.Throws<ArgumentException>(() => DemoCity.Generate(Small with { Parcels = 0, Vehicles = 1 }));
        Assert.Contains("Parcels 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("Vehicles 1", error.Message, StringComparison.Ordinal);
    }
}
