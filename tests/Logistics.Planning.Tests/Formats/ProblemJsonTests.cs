using System.Text.Json;
using Logistics.Planning.Formats.Json;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Testing;

namespace Logistics.Planning.Tests.Formats;

/// <summary>Our own JSON: everything survives the way there and back, and every fault is named with its path.</summary>
public sealed class ProblemJsonTests
{
    internal static readonly Problem Full = new()
    {
        Name = "每一项 every feature",
        Dimensions = 2,
        Places = [new Place("depot", 116.4, 39.9), new Place("terminal", 116.5, 39.95), new Place("door")],
        Profiles =
        [
            new MatrixTravel(3, [0, 5, 7, 5, 0, TravelProfile.Unreachable, 7, 3, 0], [0, 6, 8, 6, 0, TravelProfile.Unreachable, 8, 4, 0])
            {
                Bands = new TimeBands([100], [[1000, 1500], [1000, 2000]], [0, 1, 0, 0, 0, 0, 0, 0, 0]),
                Closures = new LegClosures([0, 1, 0, 0, 0, 0, 0, 0, 0], [[new(10, 20), new(30, 40)]], [0, 9, 9, 9, 0, 9, 9, 9, 0], [0, 9, 9, 9, 0, 9, 9, 9, 0]),
            },
            new EuclideanTravel([0, 3, 5], [0, 4, 1], 10, PlaneRounding.Truncate),
        ],
        Depots = [new Depot { Id = "d", Place = 0, Open = new(0, 5000), LoadingSecondsPerTrip = 30, Dock = new(0, 1, 2) }],
        Vehicles =
        [
            new Vehicle
            {
                Id = "京A12345", Profile = 1, Capacity = [10, 20], Shift = new(5, 4000), LatestStart = 50, MaxDistance = 999, MaxDurationSeconds = 3000, MaxTravelSeconds = 2000, MaxStops = 9, MaxTasks = 8,
                FixedCost = 7, CostPerMetre = 2, CostPerSecond = 3, CostPerTravelSecond = 4, RegularSeconds = 100, CostPerOvertimeSecond = 5, Skills = [1, 2], Zones = [], MaxTrips = 3, ReloadDepots = [0],
                Breaks = [new Break { Id = "lunch", Windows = [new(100, 200)], DurationSeconds = 30, IsWaivedIfRouteEndsBefore = true, MaxLoad = [3, 3] }],
                Committed = new CommittedRoute { Frozen = [new(0, 0, 0, 11, 12, 13)], StartedAt = 6, Position = 1, ReadyAt = 20, DistanceSoFar = 44, Loaded = [1], KeepsLoadedOrder = true },
            },
            new Vehicle { Id = "no depots", StartDepot = null, EndDepot = null },
        ],
        Jobs =
        [
            new Job
            {
                Id = "j0", UnservedCost = 500, Group = 3,
                Alternatives =
                [
                    new Alternative
                    {
                        Id = "locker", PreferenceCost = 4, Level = 1, Skills = [1], AllowedVehicles = [0], ForbiddenVehicles = [1], GoodsClass = 2, ReleaseTime = 0,
                        Visits = [new Visit { Place = 1, Windows = [new(1, 2), new(4, 9)], IsWindowOnStopArrival = true, SetupSeconds = 5, HandlingSeconds = 6, DueTime = 8, CostPerLateSecond = 9, Delivery = [1, 2], Pickup = [0, 1], Uses = [new(0, 0), new(0, 1, 2)], Zone = 4 }],
                    },
                ],
            },
            new Job { Id = "j1", Alternatives = [new Alternative { ReleaseTime = 3, Visits = [new Visit { Place = 2 }] }] },
            new Job { Id = "pair", Alternatives = [new Alternative { MaxRideSeconds = 60, Visits = [new Visit { Place = 1, Pickup = [1, 1] }, new Visit { Place = 2 }] }] },
        ],
        Resources = [new SharedResource { Id = "locker", CapacityByClass = [4, 2], SlotSeconds = 600 }],
        ServiceLevels = [new(null, 0, 1), new(3, 1, 1)],
        GoodsConflicts = [new(1, 2)],
        Balance = new BalanceRule(BalanceMeasure.DurationSeconds, 6),
        Disturbance = new DisturbanceRule { Previous = [new(0, 0), null, null], CostPerJob = 9, MaxJobs = 1 },
    };

    [Fact]
    public void Problem_with_every_feature_survives_the_round_trip()
    {
        string text = JsonWriting.Write(Full);
        var read = ProblemJson.Read(text);

        Assert.Empty(read.Errors);
        Assert.Equal(text, JsonWriting.Write(read.Value!));
        Assert.Equal(Full.Vehicles[0].Zones, read.Value!.Vehicles[0].Zones);
        Assert.Null(read.Value.Vehicles[1].StartDepot);
        Assert.Equal(TravelProfile.Unreachable, read.Value.Profiles[0].Distance(1, 2));
        Assert.Equal(Full.Profiles[1].Distance(1, 2), read.Value.Profiles[1].Distance(1, 2));
        Assert.Empty(ProblemValidator.Validate(read.Value));
    }

    /// <summary>Sixty-four places in a row under three regimes: every form a shared matrix has.</summary>
    private static Problem Shared()
    {
        const int n = 64;
        int[] Cells(Func<int, int, int> leg) => [.. Enumerable.Range(0, n * n).Select(c => leg(c / n, c % n))];
        var metres = Cells((i, j) => 100 * Math.Abs(i - j));
        var seconds = Cells((i, j) => i == 3 && j != 3 || j == 3 && i != 3 ? TravelProfile.Unreachable : 13 * Math.Abs(i - j));
        var bands = new TimeBands([100], [[1000, 1500], [1000, 2000]], [.. Cells((i, j) => i == j ? 0 : (i + j) % 2).Select(c => (byte)c)]);
        LegClosures Closed(int from) => new(
            [.. Cells((i, j) => i != j && i + j < 9 ? 1 : 0).Select(c => (ushort)c)], [[new(from, from + 20)]],
            Cells((i, j) => i != j && i + j < 9 ? 150 * Math.Abs(i - j) : TravelProfile.Unreachable), Cells((i, j) => i != j && i + j < 9 ? 17 * Math.Abs(i - j) : TravelProfile.Unreachable));
        return new Problem
        {
            Places = [.. Enumerable.Range(0, n).Select(i => new Place($"p{i}"))],
            Profiles =
            [
                new MatrixTravel(n, metres, seconds) { Bands = bands, Closures = Closed(10) },
                new MatrixTravel(n, metres, Array.ConvertAll(seconds, s => s == TravelProfile.Unreachable ? s : (int)Math.Ceiling(s / 0.85))) { Bands = bands, Closures = Closed(30) },
                new MatrixTravel(n, Cells((i, j) => i > j ? 2 * (i - j) : j - i), seconds),
            ],
            Depots = [new Depot { Id = "d", Place = 0 }],
            Vehicles = [new Vehicle { Id = "v" }],
            Jobs = [new Job { Id = "j", Alternatives = [new Alternative { Visits = [new Visit { Place = 1 }] }] }],
        };
    }

    [Fact]
    public void Matrices_of_many_places_are_written_once_and_read_back_to_the_cell()
    {
        var problem = Shared();

        string text = JsonWriting.Write(problem);
        var read = ProblemJson.Read(text);

        Assert.Empty(read.Errors);
        Assert.Equal(text, JsonWriting.Write(read.Value!));
        // Metres, seconds, slower seconds (as "of"), classes, closed legs, two ways round, one-way metres.
        Assert.Equal(8, JsonDocument.Parse(text).RootElement.GetProperty("matrices").GetArrayLength());
        Assert.All(problem.Profiles.Zip(read.Value!.Profiles), pair =>
        {
            var (written, back) = ((MatrixTravel)pair.First, (MatrixTravel)pair.Second);
            Assert.Equal(written.Distances, back.Distances);
            Assert.Equal(written.Durations, back.Durations);
            Assert.Equal(written.Bands?.LegClass, back.Bands?.LegClass);
            Assert.Equal(written.Closures?.SetOfLeg, back.Closures?.SetOfLeg);
            Assert.Equal(written.Closures?.DetourDistance, back.Closures?.DetourDistance);
            Assert.Equal(written.Closures?.DetourDuration, back.Closures?.DetourDuration);
        });
        Assert.Same(((MatrixTravel)read.Value!.Profiles[0]).Distances, ((MatrixTravel)read.Value.Profiles[1]).Distances);
    }

    [Fact]
    public void Faults_of_shared_matrices_are_named_with_their_path()
    {
        var read = ProblemJson.Read("""
            {"format": "logistics-problem/2", "matrices": [{"upper": [[1, 2], [3, 4], []]}, {"upperDigits": ["1!", "2", ""]}, {"of": 7, "speedFactor": 2}, {"diagonal": 0}],
             "places": [{"id": "a"}], "profiles": [{"kind": "matrix", "distances": 9}], "depots": [], "vehicles": [], "jobs": []}
            """);

        Assert.Equal(
            [
                "matrices[0].upper[1]: has 2 cells, row 1 of 3 needs 1.",
                "matrices[1].upperDigits[0]: character 2 is not one of 0-9, A-Z, a-z.",
                "matrices[2].of: 7 is not one of the 2 matrices read so far.",
                "matrices[3].rows: is missing. A matrix has rows, upper, upperDigits, or of and speedFactor.",
                "profiles[0].distances: 9 is not one of the 4 matrices read so far.",
            ],
            read.Errors);
    }

    [Fact]
    public void What_we_write_keeps_our_schema()
    {
        Assert.Empty(JsonSchemaCheck.Validate(Schema("problem"), JsonDocument.Parse(JsonWriting.Write(Full)).RootElement));
        Assert.Empty(JsonSchemaCheck.Validate(Schema("problem"), JsonDocument.Parse(JsonWriting.Write(Shared())).RootElement));

        var plan = PlanScheduler.Schedule(Full with { Vehicles = [Full.Vehicles[0] with { Committed = null }] }, [new BareRoute(0, [BareStep.VisitOf(0, 0, 0), BareStep.ReloadAt(0), BareStep.VisitOf(1, 0, 0)])]);
        Assert.Empty(JsonSchemaCheck.Validate(Schema("plan"), JsonDocument.Parse(JsonWriting.Write(plan)).RootElement));
    }

    [Fact]
    public void Schema_knows_every_field_of_the_full_problem_and_no_more()
    {
        // Both together use every feature, so a field of the schema that they never show would be one we do not write.
        string text = JsonWriting.Write(Full) + JsonWriting.Write(Shared());
        foreach (var definition in Schema("problem").GetProperty("$defs").EnumerateObject())
            if (definition.Value.TryGetProperty("properties", out var properties))
                Assert.All(properties.EnumerateObject(), p => Assert.Contains($"\"{p.Name}\":", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Examples_of_the_docs_keep_the_schema_and_are_read()
    {
        var pages = Directory.GetFiles(Path.Combine(RepositoryFolder.Root, "docs"), "*.md").Append(Path.Combine(RepositoryFolder.Root, "README.md"));
        var examples = pages.SelectMany(page => File.ReadAllText(page).Split("```json").Skip(1)).Select(block => block[..block.IndexOf("```", StringComparison.Ordinal)])
            .Where(ProblemJson.Recognises).ToList();

        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            Assert.Empty(JsonSchemaCheck.Validate(Schema("problem"), JsonDocument.Parse(example).RootElement));
            Assert.Empty(ProblemJson.Read(example).Errors);
            Assert.Empty(ProblemValidator.Validate(ProblemJson.Read(example).Value!));
        });
    }

    private static JsonElement Schema(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryFolder.Root, "docs", "schema", $"{name}.schema.json"))).RootElement;

    [Fact]
    public void Plan_survives_the_round_trip_to_the_last_time_and_cost()
    {
        var problem = Full with { Vehicles = [Full.Vehicles[0] with { Committed = null, Breaks = [], LatestStart = null, ReloadDepots = [], MaxTrips = 1 }], Disturbance = null, ServiceLevels = [] };
        var plan = PlanScheduler.Schedule(problem, [new BareRoute(0, [BareStep.VisitOf(1, 0, 0), BareStep.VisitOf(2, 0, 0), BareStep.VisitOf(2, 0, 1)])]);
        var read = PlanJson.Read(JsonWriting.Write(plan, problem.Name));

        Assert.Empty(read.Errors);
        Assert.Equal(plan.Cost, read.Value!.Cost);
        Assert.Equal(JsonWriting.Write(plan, problem.Name), JsonWriting.Write(read.Value, problem.Name));
    }

    [Fact]
    public void Every_fault_is_named_with_its_path()
    {
        var read = ProblemJson.Read("""
            {"format": "logistics-problem/1", "places": [{"id": "a"}, {}], "profiles": [{"kind": "matrix", "distances": [[0, 1], [1]]}], "depots": [],
             "vehicles": [{"id": "v", "capacity": "ten", "maxStopps": 3}], "jobs": [{"id": "j", "alternatives": [{"visits": [{"place": 1.5}]}]}]}
            """);

        Assert.Equal(
            [
                "places[1].id: is missing.",
                "profiles[0].distances[1]: has 1 cells, a square matrix of 2 rows needs 2.",
                "vehicles[0].capacity: a text, an array is needed.",
                "vehicles[0].maxStopps: unknown field.",
                "jobs[0].alternatives[0].visits[0].place: 1.5 is not a whole number in [-2147483648, 2147483647].",
            ],
            read.Errors.Select(e => e.Contains("unknown field", StringComparison.Ordinal) ? e[..(e.IndexOf("field.", StringComparison.Ordinal) + 6)] : e));
    }

    [Theory]
    [InlineData("{\"format\": \"logistics-problem/1\", ")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{\"format\": \"logistics-problem/2\"}")]
    public void Text_that_is_no_problem_is_refused_without_throwing(string text) => Assert.NotEmpty(ProblemJson.Read(text).Errors);
}
