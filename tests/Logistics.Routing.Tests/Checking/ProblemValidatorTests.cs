using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Checking;

/// <summary>Bad problems are refused with every error at once, each with index, name, value and rule.</summary>
public sealed class ProblemValidatorTests
{
    private static readonly Problem Good = Line.Of(0, 10, 25);

    [Fact]
    public void Error_names_index_name_value_and_rule()
    {
        var error = Assert.Single(ProblemValidator.Validate(Good.WithVehicle(v => v with { Id = "京A12345", Capacity = [-3] })));

        Assert.Equal("Vehicle 0 (京A12345): capacity[0] -3 must be ≥ 0.", error.ToString());
    }

    [Fact]
    public void All_errors_come_at_once()
    {
        var bad = Good.WithVehicle(v => v with { FixedCost = -1, Shift = new(5, 4), MaxTrips = 0 })
            .WithVisit(0, v => v with { Place = 9, Windows = [new(7, 3)] }).WithJob(1, j => j with { Alternatives = [] });

        Assert.Equal(
            ["shift", "fixedCost", "maxTrips", "alternatives[0].visits[0].place", "alternatives[0].visits[0].windows[0]", "alternatives"],
            ProblemValidator.Validate(bad).Select(e => e.Field));
    }

    public static TheoryData<string, Problem> Refused => new()
    {
        { "distances", Good with { Profiles = [new MatrixTravel(3, [0, 1], new int[9])] } },
        { "placeCount", Good with { Profiles = [new MatrixTravel(1, [0], [0])] } },
        { "distances[0][1]", Good with { Profiles = [new MatrixTravel(3, [0, -5, 1, 1, 0, 1, 1, 1, 0], new int[9])] } },
        { "durations[1][1]", Good with { Profiles = [new MatrixTravel(3, new int[9], [0, 1, 1, 1, 4, 1, 1, 1, 0])] } },
        { "coordinates[1]", Good with { Profiles = [new EuclideanTravel([0, double.NaN, 2], [0, 1, 2], 1, PlaneRounding.Nearest)] } },
        { "bands.factorPermille[0][0]", Good.WithTravel(new TimeBands([], [[99]], null), null) },
        { "bands.fromSeconds[1]", Good.WithTravel(new TimeBands([5, 5], [[1000, 1000, 1000]], null), null) },
        { "closures.sets[0][0]", Good.WithTravel(null, new LegClosures(new ushort[9], [[new(4, 4)]], null, null)) },
        { "closures.setOfLeg", Good.WithTravel(null, new LegClosures([0, 2, 0, 0, 0, 0, 0, 0, 0], [[new(4, 5)]], null, null)) },
        { "closures.detours", Good.WithTravel(null, new LegClosures(new ushort[9], [], new int[9], null)) },
        { "place", Good with { Depots = [new Depot { Id = "d", Place = 3 }] } },
        { "startDepot", Good.WithVehicle(v => v with { StartDepot = 1 }) },
        { "profile", Good.WithVehicle(v => v with { Profile = 1 }) },
        { "capacity", Good.WithVehicle(v => v with { Capacity = [1, 2] }) },
        { "latestStart", Good.WithVehicle(v => v with { Shift = new(10, 20), LatestStart = 9 }) },
        { "maxTrips", Good.WithVehicle(v => v with { MaxTrips = 2 }) },
        { "reloadDepots[0]", Good.WithVehicle(v => v with { ReloadDepots = [4] }) },
        { "breaks[0].windows", Good.WithVehicle(v => v with { Breaks = [new Break { Id = "b", Windows = [], DurationSeconds = 1 }] }) },
        { "alternatives[0].visits", Good.WithAlternative(0, a => a with { Visits = [] }) },
        { "alternatives[0].allowedVehicles[0]", Good.WithAlternative(0, a => a with { AllowedVehicles = [1] }) },
        { "alternatives[0].maxRideSeconds", Good.WithAlternative(0, a => a with { MaxRideSeconds = 5 }) },
        { "alternatives[0].visits[0].windows[1]", Good.WithVisit(0, v => v with { Windows = [new(0, 5), new(5, 9)] }) },
        { "alternatives[0].visits[0].uses[0].resource", Good.WithVisit(0, v => v with { Uses = [new(0, 0)] }) },
        { "alternatives[0].visits[0].handlingSeconds", Good.WithVisit(0, v => v with { HandlingSeconds = -1 }) },
        { "alternatives[0].visits[1].pickup", Good with { Jobs = [Line.Pair("p", new Visit { Place = 1 }, new Visit { Place = 2, Pickup = [1] })] } },
        { "alternatives[0].visits[0].delivery", Good with { Jobs = [Line.Pair("p", new Visit { Place = 1, Delivery = [1] }, new Visit { Place = 2 })] } },
        { "minJobs", Good with { ServiceLevels = [new(null, 0, 3)] } },
        { "classA", Good with { GoodsConflicts = [new(0, 1)] } },
        { "previous", Good with { Disturbance = new DisturbanceRule { Previous = [] } } },
        { "committed.startedAt", Good.WithVehicle(v => v with { Committed = new CommittedRoute { Frozen = [new(0, 0, 0, 1, 1, 1)] } }) },
        { "committed.frozen[0]", Good.WithVehicle(v => v with { Committed = new CommittedRoute { StartedAt = 0, Frozen = [new(7, 0, 0, 1, 1, 1)] } }) },
        { "committed.frozen[1]", Good.WithVehicle(v => v with { Committed = new CommittedRoute { StartedAt = 0, Frozen = [new(0, 0, 0, 1, 1, 1), new(0, 0, 0, 2, 2, 2)] } }) },
        { "committed.loaded[1]", Good.WithVehicle(v => v with { Committed = new CommittedRoute { Loaded = [1, 1] } }) },
        { "costs", Good.WithVehicle(v => v with { FixedCost = long.MaxValue / 2, CostPerMetre = long.MaxValue / 2 }) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Inconsistent_problem_is_refused_at_its_field(string field, Problem problem) => Assert.Equal([field], ProblemValidator.Validate(problem).Select(e => e.Field));

    [Fact]
    public void Unreachable_pairs_are_allowed()
    {
        var travel = (MatrixTravel)Good.Profiles[0];
        int[] cut = [.. travel.Distances];
        cut[1] = TravelProfile.Unreachable;

        Assert.Empty(ProblemValidator.Validate(Good with { Profiles = [new MatrixTravel(3, cut, cut)] }));
    }
}
