using System.Text.Json;

namespace Logistics.Domain.Tests;

public sealed class RecordsTests
{
    [Fact]
    public void Ids_of_one_millisecond_differ_and_sort_by_creation()
    {
        var ids = new IdFactory(new Logistics.Testing.ManualTimeProvider());
        var made = Enumerable.Range(0, 10_000).Select(_ => ids.New(IdPrefix.Parcel)).ToList();

        Assert.Equal(made.Count, made.Distinct().Count());
        Assert.Equal(made, made.Order(StringComparer.Ordinal));
        Assert.All(made, id => Assert.True(IdPrefix.IsId(id, IdPrefix.Parcel) && id[16 + 0] == '7' && "89ab".Contains(id[20], StringComparison.Ordinal), id));
    }

    [Fact]
    public void Seeded_ids_are_reproducible()
    {
        var time = new Logistics.Testing.ManualTimeProvider();
        Assert.Equal(new IdFactory(time, 7).New("ter"), new IdFactory(time, 7).New("ter"));
        Assert.NotEqual(new IdFactory(time, 7).New("ter"), new IdFactory(time, 8).New("ter"));
    }

    [Theory]
    [InlineData("王小明", "王**")]
    [InlineData("John Smith", "J*********")]
    [InlineData("李", "李*")]
    [InlineData("", "")]
    public void Name_is_masked_after_its_first_character(string name, string masked) => Assert.Equal(masked, Masking.Name(name));

    [Theory]
    [InlineData("13812345678", "138****5678")]
    [InlineData("+8613812345678", "+86138****5678")]
    [InlineData("12345", "***45")]
    [InlineData("1", "*")]
    public void Phone_is_masked_in_the_middle(string phone, string masked) => Assert.Equal(masked, Masking.Phone(phone));

    [Fact]
    public void Address_keeps_the_street_and_loses_the_door() => Assert.Equal("朝阳区望京街道1****", Masking.Address("朝阳区望京街道10号楼2单元301"));

    [Fact]
    public void Local_window_becomes_instants_of_the_areas_zone()
    {
        var window = Samples.Area.WindowOf(new DateOnly(2026, 6, 1), ClockSpan.FromHours(22, 30));
        Assert.Equal(new DateTimeOffset(2026, 6, 1, 14, 0, 0, TimeSpan.Zero), window.Start);
        Assert.Equal(TimeSpan.FromHours(8), window.End - window.Start);
        Assert.Equal(new DateOnly(2026, 6, 2), Samples.Area.DayOf(window.End));
    }

    [Fact]
    public void Clock_change_skips_forward_and_takes_the_first_of_a_doubled_hour()
    {
        var berlin = Samples.Area with { ZoneId = "Europe/Berlin" };
        // 2026-03-29 02:30 does not exist: read as 03:30 summer time = 01:30Z. 2026-10-25 02:30 occurs twice: the first is summer time = 00:30Z.
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), berlin.InstantOf(new DateOnly(2026, 3, 29), 150));
        Assert.Equal(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero), berlin.InstantOf(new DateOnly(2026, 10, 25), 150));
    }

    [Fact]
    public void Polygon_with_a_hole_contains_what_lies_between()
    {
        var ring = new GeoPolygon([
            GeoPolygon.FromBounds(0, 0, 10, 10).Rings[0],
            GeoPolygon.FromBounds(4, 4, 6, 6).Rings[0],
        ]);
        Assert.True(ring.Contains(new GeoPoint(2, 5)));
        Assert.False(ring.Contains(new GeoPoint(5, 5)));
        Assert.False(ring.Contains(new GeoPoint(11, 5)));
        Assert.Empty(ring.Check());
        Assert.NotEmpty(GeoPolygon.FromRing(new GeoPoint(0, 0), new GeoPoint(1, 1)).Check());
    }

    [Fact]
    public void Records_survive_json_and_keep_their_kind()
    {
        var parcel = Samples.Parcel();
        Assert.Equal(DomainJson.Write(parcel), DomainJson.Write(DomainJson.Read<Parcel>(DomainJson.Write(parcel))));
        PlanEdit edit = new MoveParcels(["par_1"], "veh_1", 1, 2) { Note = "近" };
        Assert.Equal("""{"kind":"moveParcels","parcelIds":["par_1"],"vehicleId":"veh_1","tripNumber":1,"position":2,"note":"近"}""", DomainJson.Write(edit));
        Assert.IsType<MoveParcels>(DomainJson.Read<PlanEdit>(DomainJson.Write(edit)));
        Assert.Throws<JsonException>(() => DomainJson.Read<Partner>("null"));
    }

    [Fact]
    public void Plan_with_violations_is_not_published()
    {
        var plan = new DayPlan("pln_1", "are_1", new DateOnly(2026, 6, 1), 1, "早班", Samples.Now, "usr_1");
        Assert.Equal("plan.violations", PlanTransitions.Publish(plan with { Violations = ["late"] }, "usr_1", Samples.Now).Refusal?.Code);
        var published = PlanTransitions.Publish(plan, "usr_1", Samples.Now).Value!;
        Assert.Equal("plan.status", PlanTransitions.Publish(published, "usr_1", Samples.Now).Refusal?.Code);
        Assert.Equal(PlanStatus.Superseded, PlanTransitions.Supersede(published).Value!.Status);
        Assert.Equal("plan.status", PlanTransitions.Discard(published).Refusal?.Code);
    }
}
