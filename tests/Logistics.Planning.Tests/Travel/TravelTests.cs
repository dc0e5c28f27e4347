using Logistics.Domain;
using Logistics.Planning.Demo;
using Logistics.Planning.Travel;

namespace Logistics.Planning.Tests.Travel;

public sealed class TravelTests
{
    private static readonly GeoPoint Tiananmen = new(116.3975, 39.9087), Wangjing = new(116.4700, 39.9960);

    [Theory]
    [InlineData(116.3975, 39.9087, 0)] // Tian'anmen
    [InlineData(116.4620, 39.9360, 2)] // just outside the 3rd ring
    [InlineData(116.4700, 39.9960, 3)] // Wangjing
    [InlineData(116.3360, 40.0750, 4)] // Huilongguan
    [InlineData(116.2310, 40.2200, 5)] // Changping town
    public void Places_fall_into_their_ring(double lon, double lat, int area) => Assert.Equal(area, BeijingRings.Areas.AreaOf(new GeoPoint(lon, lat)));

    [Fact]
    public void Rings_are_nested_and_valid()
    {
        IReadOnlyList<IReadOnlyList<GeoPoint>> rings = BeijingRings.Areas.Rings;
        for (var inner = 0; inner < rings.Count; inner++)
        {
            Assert.Empty(GeoPolygon.FromRing(rings[inner]).Check());
            if (inner + 1 < rings.Count) Assert.All(rings[inner], p => Assert.True(GeoPolygon.FromRing(rings[inner + 1]).Contains(p), $"ring {inner + 2}: {p}"));
        }
    }

    [Fact]
    public void Great_circle_leg_is_haversine_times_detour()
    {
        var table = GreatCircleTimes.Beijing.BuildTable([Tiananmen, Wangjing]).ToProfile();

        Assert.Equal((int)Math.Round(1.35 * Tiananmen.MetresTo(Wangjing)), table.Distance(0, 1));
        Assert.Equal(table.Distance(0, 1), table.Distance(1, 0));
        Assert.Equal(0, table.Duration(1, 1));
        // 15.6 km by road: 1.5 km at 16 and 22 km/h, 12.6 km at the mean pace of 25 and 42 km/h.
        var expected = (1_500 * 3.6 / 16) + (1_500 * 3.6 / 22) + ((table.Distance(0, 1) - 3_000) * 0.5 * ((3.6 / 25) + (3.6 / 42)));
        Assert.InRange(table.Duration(0, 1), expected - 1, expected + 2);
    }

    [Fact]
    public void Matrix_and_on_demand_tables_agree()
    {
        var city = DemoCity.Generate(new DemoOptions { Day = new DateOnly(2026, 11, 24), Parcels = 40, HistoryDays = 0 });
        GeoPoint[] places = [.. city.Parcels.Select(p => p.Recipient.Location)];
        var matrix = GreatCircleTimes.Beijing.BuildTable(places).ToProfile(null, 0.8);
        var onDemand = new OnDemandTable(new GreatCircleLegs(places, BeijingRings.Areas, SpeedModel.Beijing)).ToProfile(null, 0.8);

        for (var a = 0; a < places.Length; a++)
        {
            for (var b = 0; b < places.Length; b++)
            {
                Assert.Equal(matrix.Distance(a, b), onDemand.Distance(a, b));
                Assert.Equal(matrix.Duration(a, b), onDemand.Duration(a, b));
            }
        }
    }

    [Fact]
    public async Task Cache_builds_equal_tables_once_and_forgets_the_oldest()
    {
        var source = new CountingTimes();
        // A table of 2 places has 4 pairs of 8 bytes: two such tables fit into 64 bytes, three do not.
        var cache = new TravelCache(maxBytes: 64);
        GeoPoint[][] keys = [[Tiananmen, Wangjing], [Wangjing, Tiananmen], [Tiananmen, Tiananmen]];
        foreach (var key in new[] { 0, 0, 1, 0, 2, 0, 1 }) await cache.GetTableAsync(source, keys[key], TestContext.Current.CancellationToken);

        // 0 and 1 are built; 2 pushes out 1, which was used longest ago; 1 is built again.
        Assert.Equal(4, source.Builds);
    }

    [Fact]
    public async Task Cached_file_outlives_the_cache_and_a_damaged_one_is_built_anew()
    {
        var folder = Directory.CreateTempSubdirectory("travel-cache-");
        try
        {
            var source = new CountingTimes();
            GeoPoint[] places = [Tiananmen, Wangjing];
            var first = await new TravelCache(1 << 20, folder.FullName).GetTableAsync(source, places, TestContext.Current.CancellationToken);
            var second = await new TravelCache(1 << 20, folder.FullName).GetTableAsync(source, places, TestContext.Current.CancellationToken);
            Assert.Equal(1, source.Builds);
            Assert.Equal(((MatrixTable)first).Durations, ((MatrixTable)second).Durations);

            var file = Assert.Single(folder.GetFiles());
            await File.WriteAllBytesAsync(file.FullName, [1, 2, 3], TestContext.Current.CancellationToken);
            await new TravelCache(1 << 20, folder.FullName).GetTableAsync(source, places, TestContext.Current.CancellationToken);
            Assert.Equal(2, source.Builds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class CountingTimes : ITravelTimes
    {
        public int Builds { get; private set; }
        public string Identity => "counting";

        public Task<TravelTable> BuildTableAsync(IReadOnlyList<GeoPoint> places, CancellationToken cancellation)
        {
            Builds++;
            return Task.FromResult<TravelTable>(new MatrixTable(places.Count, new int[places.Count * places.Count], [.. Enumerable.Range(0, places.Count * places.Count)]));
        }

        public Task<TravelLine> BuildLineAsync(IReadOnlyList<GeoPoint> places, CancellationToken cancellation) => Task.FromResult(new TravelLine(places, 0, 0));
    }
}
