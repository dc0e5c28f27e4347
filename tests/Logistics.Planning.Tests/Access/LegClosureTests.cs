using Logistics.Domain;
using Logistics.Planning.Access;
using Logistics.Planning.Travel;
using Logistics.Routing.Model;
using NetTopologySuite.Geometries;

namespace Logistics.Planning.Tests.Access;

public sealed class LegClosureTests
{
    private static readonly DateOnly Tuesday = new(2026, 11, 24);
    private static readonly Logistics.Domain.Vehicle Truck = new("veh_1", "are_1", "京A12349", VehicleClass.LightTruck, EnergyKind.Diesel, "hub_1");

    // A square kilometre or so in the middle; west and east of it, inside it, and far south.
    private static readonly GeoPolygon Square = GeoPolygon.FromBounds(116.395, 39.895, 116.405, 39.905);
    private static readonly GeoPoint West = new(116.380, 39.900), East = new(116.420, 39.900), Inside = new(116.400, 39.900), South = new(116.400, 39.880);

    private static AccessRule Rule(params ClockSpan[] hours) => new("rul_1", "are_1", "限行", [Square], new DateOnly(2026, 1, 1), null) { Hours = hours };

    private static NetworkSnapshot Network(params AccessRule[] rules) => new(
        new ServiceArea("are_1", "BJ", "北京", GeoPolygon.FromBounds(116, 39, 117, 41), "Asia/Shanghai", "京", new PlanningDefaults()), [], [], [], [Truck], [], rules);

    private static LegClosures? Close(AccessRule rule, params GeoPoint[] places) =>
        new LegClosureBuilder(places, GreatCircleTimes.Beijing.BuildTable(places)).Build(AccessRegime.Of(Truck, Network(rule), Tuesday));

    [Fact]
    public void Leg_through_a_banned_area_is_closed_at_its_hours_and_goes_round()
    {
        var closures = Close(Rule(ClockSpan.FromHours(7, 9)), West, East)!;

        Assert.Equal([0, 1, 1, 0], closures.SetOfLeg.Select(s => (int)s));
        // Today and tomorrow, seconds from today's midnight.
        Assert.Equal([new ClosedInterval(25_200, 32_400), new ClosedInterval(111_600, 118_800)], closures.Sets[0]);
        var direct = GreatCircleTimes.Beijing.BuildTable([West, East]).ToProfile().Distance(0, 1);
        // West to a corner: 15/1000° and 5/1000° away, 1 280 m east and 556 m north; along the side 853 m; symmetric: 2·1396 + 853 = 3 645 m against 3 412 m straight.
        Assert.InRange((double)closures.DetourDistance![1] / direct, 1.060, 1.075);
        Assert.Equal(TravelProfile.Unreachable, closures.DetourDistance![0]);
    }

    [Fact]
    public void Leg_into_a_banned_area_is_closed_and_has_no_way_round()
    {
        var closures = Close(Rule(ClockSpan.FromHours(7, 9)), West, Inside)!;

        Assert.Equal(1, closures.SetOfLeg[1]);
        Assert.Null(closures.DetourDistance);
    }

    [Fact]
    public void Leg_past_a_banned_area_stays_open()
    {
        Assert.Null(Close(Rule(ClockSpan.FromHours(7, 9)), West, South));
    }

    [Fact]
    public void Ban_that_began_the_evening_before_still_holds_after_midnight()
    {
        var closures = Close(Rule(ClockSpan.FromHours(22, 30)), West, East)!;

        Assert.Equal(new ClosedInterval(0, 21_600), closures.Sets[0][0]);
        Assert.Equal(new ClosedInterval(79_200, 108_000), closures.Sets[0][1]);
    }

    [Fact]
    public void Rule_for_other_vehicles_closes_nothing()
    {
        Assert.Null(Close(Rule(ClockSpan.FromHours(7, 9)) with { EnergyKinds = [EnergyKind.Petrol] }, West, East));
        Assert.Null(Close(Rule(ClockSpan.FromHours(7, 9)) with { PlateDigits = [new(DayOfWeek.Tuesday, "38"), new(DayOfWeek.Wednesday, "4")] }, West, East));
        Assert.NotNull(Close(Rule(ClockSpan.FromHours(7, 9)) with { PlateDigits = [new(DayOfWeek.Tuesday, "49")] }, West, East));
        Assert.Null(Close(Rule(ClockSpan.FromHours(7, 9)) with { Permits = [new("veh_1", new DateOnly(2026, 1, 1))] }, West, East));
    }

    [Fact]
    public void Two_rules_join_their_hours_on_a_leg_that_meets_both()
    {
        var network = Network(Rule(ClockSpan.FromHours(7, 9)), Rule(ClockSpan.FromHours(8, 10)) with { Id = "rul_2" });
        GeoPoint[] places = [West, East];

        var closures = new LegClosureBuilder(places, GreatCircleTimes.Beijing.BuildTable(places)).Build(AccessRegime.Of(Truck, network, Tuesday))!;

        Assert.Equal(new ClosedInterval(25_200, 36_000), closures.Sets[closures.SetOfLeg[1] - 1][0]);
    }

    [Fact]
    public void Segment_test_agrees_with_NetTopologySuite()
    {
        var random = new Random(7);
        var frame = new PlaneFrame(new GeoPoint(116.4, 39.9));
        for (var round = 0; round < 200; round++)
        {
            var middle = new GeoPoint(116.4, 39.9);
            var corners = random.Next(3, 9);
            // Star-shaped, so it may be concave but never crosses itself.
            var star = Enumerable.Range(0, corners).Select(i =>
            {
                double radius = 0.004 + (random.NextDouble() * 0.02), angle = 2 * Math.PI * (i + (random.NextDouble() * 0.8)) / corners;
                return new GeoPoint(middle.Lon + (radius * Math.Cos(angle)), middle.Lat + (radius * Math.Sin(angle)));
            }).ToArray();
            var shape = new BannedShape("star", [GeoPolygon.FromRing(star)], frame);
            for (var pair = 0; pair < 20; pair++)
            {
                PlanePoint a = Draw(), b = Draw();
                var line = GeometryFactory.Default.CreateLineString([new Coordinate(a.X, a.Y), new Coordinate(b.X, b.Y)]);
                Assert.Equal(line.Intersects(shape.Geometry), shape.IsCrossedBy(a, b) || shape.Contains(a) || shape.Contains(b));
            }
        }

        PlanePoint Draw() => new((random.NextDouble() - 0.5) * 6_000, (random.NextDouble() - 0.5) * 6_000);
    }

    [Fact]
    public void Way_round_is_the_taut_string_about_the_hull()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var points = Enumerable.Range(0, 8).Select(_ => new Coordinate((random.NextDouble() - 0.5) * 2_000, (random.NextDouble() - 0.5) * 2_000)).ToArray();
            var area = GeometryFactory.Default.CreateMultiPointFromCoords(points).ConvexHull();
            PlanePoint a = new(-1_500 - (random.NextDouble() * 500), (random.NextDouble() - 0.5) * 1_000), b = new(1_500 + (random.NextDouble() * 500), (random.NextDouble() - 0.5) * 1_000);
            var line = GeometryFactory.Default.CreateLineString([new Coordinate(a.X, a.Y), new Coordinate(b.X, b.Y)]);
            if (!line.Crosses(area)) continue;

            var corners = new List<PlanePoint>();
            var metres = new Detour([area]).FindWay(a, b, corners);

            // The hull of area and ends has both ways as its two sides: the shorter is the answer.
            var ring = GeometryFactory.Default.CreateGeometryCollection([area, line]).ConvexHull();
            var walk = corners.Prepend(a).Append(b).ToList();
            var walked = walk.Zip(walk.Skip(1), (p, q) => p.MetresTo(q)).Sum();
            Assert.Equal(walked, metres, 6);
            Assert.True(metres <= (ring.Length / 2) + 1e-6);
            var path = GeometryFactory.Default.CreateLineString([.. walk.Select(p => new Coordinate(p.X, p.Y))]);
            Assert.True(path.Intersection(area.Buffer(-0.01)).IsEmpty);
        }
    }

    [Fact]
    public void Board_names_vehicle_rule_and_hours()
    {
        var ban = Assert.Single(VehicleBans.List(Network(Rule(ClockSpan.FromHours(7, 9), ClockSpan.FromHours(23, 24))), Tuesday, []));

        Assert.Equal("京A12349", ban.Vehicle.Plate);
        Assert.Equal("rul_1", ban.Rule.Id);
        Assert.Equal([ClockSpan.FromHours(7, 9)], ban.Hours);
        Assert.False(ban.CoversWholeShift);
    }
}
