using Logistics.Planning.Formats;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Tests.Formats;

/// <summary>Benchmark texts small enough to read, with their conventions worked out, and broken ones with all their faults.</summary>
public sealed class InstanceReaderTests
{
    private const string Solomon = """
        tiny

        VEHICLE
        NUMBER     CAPACITY
          2         10

        CUSTOMER
        CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME

            0      0         0       0        0         100        0
            1      1         1       4       10          20        5
        """;

    [Fact]
    public void Solomon_distances_are_truncated_to_tenths()
    {
        // √2 = 1.414… → 14 tenths there and 14 back = 2.8; the window opens at 100 tenths.
        var instance = InstanceReader.Read(Solomon, "tiny").Value!;
        var plan = SolFormat.ToPlan(new SolFile([[1]], null), instance).Value!;

        Assert.Equal(2.8, instance.PublishedCost(plan.Cost));
        Assert.Equal((100, 150), (plan.Routes[0].Steps[1].Start, plan.Routes[0].Steps[1].Departure));
        Assert.Equal("Route #1: 1\nCost 2.8\n", SolFormat.Write(instance, plan));
    }

    [Fact]
    public void Li_lim_pairs_are_read_from_both_sides_and_rounded_to_thousandths()
    {
        var instance = InstanceReader.Read("1 10 1\n0 0 0 0 0 100 0 0 0\n1 1 1 3 0 50 2 0 2\n2 2 2 -3 0 90 2 1 0\n", "pair").Value!;
        var plan = SolFormat.ToPlan(new SolFile([[1, 2]], null), instance).Value!;

        // √2 → 1414 each, 2√2 = 2.828… → 2828.
        Assert.Equal(5.656, instance.PublishedCost(plan.Cost));
        Assert.Equal([0L, 3, 0, 0], plan.Routes[0].Steps.Select(s => s.Load[0]));
    }

    [Theory]
    [InlineData("0 0 0 0 0 100 0 0 0\n1 1 1 3 0 50 2 0 2\n2 2 2 -3 0 90 2 0 0\n", "task 1 names delivery 2, which does not name it back")]
    [InlineData("0 0 0 0 0 100 0 0 0\n1 1 1 3 0 50 2 0 0\n", "task 1 belongs to no pair")]
    public void Li_lim_dangling_pairs_are_refused(string rows, string fault) =>
        Assert.Contains(LiLimFormat.Read("1 10 1\n" + rows, "x").Errors, e => e.Contains(fault, StringComparison.Ordinal));

    private const string Rich = """
        NAME: rich
        TYPE: MDVRPTW
        DIMENSION: 5
        VEHICLES: 2
        VEHICLES_MAX_DURATION: 50
        EDGE_WEIGHT_TYPE: EUC_2D
        NODE_COORD_SECTION
        1 0 0
        2 10 0
        3 1 0
        4 2 0
        5 9 0
        DEMAND_SECTION
        1 0
        2 0
        3 4
        4 5
        5 6
        CAPACITY_SECTION
        1 9
        2 6
        TIME_WINDOW_SECTION
        1 0 40
        2 0 45
        3 0 30
        4 0 30
        5 0 30
        PRIZE_SECTION
        1 0
        2 0
        3 0
        4 7
        5 0
        VEHICLES_DEPOT_SECTION
        1 1
        2 2
        VEHICLES_ALLOWED_CLIENTS_SECTION
        1 3 4
        2 3 4 5
        DEPOT_SECTION
        1
        2
        EOF
        """;

    [Fact]
    public void Vrplib_sections_become_the_rich_problem()
    {
        var problem = InstanceReader.Read(Rich, "rich").Value!.Problem;

        Assert.Empty(ProblemValidator.Validate(problem));
        Assert.Equal([0, 1], problem.Vehicles.Select(v => v.StartDepot!.Value));
        Assert.Equal([9L, 6L], problem.Vehicles.Select(v => v.Capacity[0]));
        Assert.Equal((new TimeWindow(0, 45_000), 50_000), (problem.Vehicles[1].Shift, problem.Vehicles[1].MaxDurationSeconds));
        Assert.Equal([null, 7000L, null], problem.Jobs.Select(j => j.UnservedCost));
        Assert.Equal([1], problem.Jobs[2].Alternatives[0].AllowedVehicles!);
        Assert.Null(problem.Jobs[0].Alternatives[0].AllowedVehicles);
    }

    [Fact]
    public void Vrplib_faults_come_all_at_once()
    {
        string bad = Rich.Replace("3 1 0", "3 one 0", StringComparison.Ordinal).Replace("2 2\nVEHICLES_ALLOWED", "2 3\nVEHICLES_ALLOWED", StringComparison.Ordinal).Replace("2 3 4 5", "2 3 4 9", StringComparison.Ordinal);

        Assert.Equal(3, VrplibFormat.Read(bad, "bad").Errors.Count(e => e.Contains("'one'", StringComparison.Ordinal) || e.Contains("depots must be in [1, 2]", StringComparison.Ordinal) || e.Contains("client 9", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("LOWER_ROW", "1\n2 3", "0 1 2 1 0 3 2 3 0")]
    [InlineData("UPPER_ROW", "1 2\n3", "0 1 2 1 0 3 2 3 0")]
    [InlineData("LOWER_DIAG_ROW", "0\n1 0\n2 3 0", "0 1 2 1 0 3 2 3 0")]
    [InlineData("UPPER_DIAG_ROW", "0 1 2\n0 3\n0", "0 1 2 1 0 3 2 3 0")]
    [InlineData("FULL_MATRIX", "0 1 2\n4 0 3\n5 6 0", "0 1 2 4 0 3 5 6 0")]
    public void Explicit_matrices_are_read_in_every_layout(string format, string cells, string expected)
    {
        string text = $"NAME: m\nTYPE: CVRP\nDIMENSION: 3\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_FORMAT: {format}\nCAPACITY: 5\nEDGE_WEIGHT_SECTION\n{cells}\nDEMAND_SECTION\n1 0\n2 1\n3 1\nDEPOT_SECTION\n1\n-1\nEOF\n";

        Assert.Equal(expected, string.Join(' ', ((MatrixTravel)VrplibFormat.Read(text, "m").Value!.Problem.Profiles[0]).Distances));
    }

    [Fact]
    public void Groups_become_alternatives_of_one_job()
    {
        const string text = "NAME: g\nTYPE: GVRP\nDIMENSION: 4\nVEHICLES: 1\nCAPACITY: 5\nEDGE_WEIGHT_TYPE: EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 1 0\n3 2 0\n4 3 0\nDEMAND_SECTION\n1 0\n2 1\n3 1\n4 1\nMUTUALLY_EXCLUSIVE_GROUP_SECTION\n1 2 4\n2 3\nDEPOT_SECTION\n1\nEOF\n";
        var problem = VrplibFormat.Read(text, "g").Value!.Problem;

        Assert.Equal([2, 1], problem.Jobs.Select(j => j.Alternatives.Count));
        Assert.Equal([1, 3], problem.Jobs[0].Alternatives.Select(a => a.Visits[0].Place));
    }

    [Fact]
    public void Vrpdo_relaxes_due_times_and_shares_lockers()
    {
        const string text = """
            VEHICLE CAPACITY LOCATIONS CUSTOMER OPTIONS PRIORITIES NUMTYPS
            1 10 3 1 2 3 4
            CUSTOMER DEMAND
            0 4
            LOCATION XCOORD YCOORD CAP READY DUE TYP SERVICETIME
            0 0 0 -1 0 100 0 0
            1 1 1 -1 5 20 2 6
            2 3 4 2 0 50 1 3
            OPTION LOCATION CUSTOMER PRIO SERVICETIME COST
            0 1 0 0 2 0
            1 2 0 1 1 0
            """;
        var tilk = VrpdoFormat.Read(text, "U_1small_1").Value!;
        var visits = tilk.Problem.Jobs[0].Alternatives.Select(a => a.Visits[0]).ToList();

        // Homes are relaxed by 5, lockers by 2, everything times 10; √2 → ⌈14.1⌉ = 15, the locker at 5 → 50.
        Assert.Equal([new TimeWindow(50, 250), new TimeWindow(0, 520)], visits.Select(v => v.Windows[0]));
        Assert.Equal((15, 50), (tilk.Problem.Profiles[0].Distance(0, 1), tilk.Problem.Profiles[0].Distance(0, 2)));
        Assert.Equal((60, 20), (visits[0].SetupSeconds, visits[0].HandlingSeconds));
        Assert.Equal(new ResourceUse(0, 0), Assert.Single(visits[1].Uses));
        Assert.Empty(visits[0].Uses);
        Assert.Equal(2, tilk.Problem.Resources[0].CapacityByClass[0]);
        Assert.Equal(1_414_214, VrpdoFormat.Read(text, "U_1_1").Value!.Problem.Profiles[0].Distance(0, 1));
        Assert.Equal([(0, 1), (1, 1)], tilk.Problem.ServiceLevels.Select(s => (s.MaxLevel, s.MinJobs)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("CUST NO. NUMBER\n1 2\n3 x 5 6 7 8 9")]
    [InlineData("DIMENSION: -4\nNODE_COORD_SECTION\n")]
    [InlineData("DIMENSION: 3\nEDGE_WEIGHT_TYPE: EXPLICIT\nEDGE_WEIGHT_SECTION\n1 2\n")]
    [InlineData("NUMTYPS OPTION")]
    public void Broken_text_is_refused_with_reasons_and_never_throws(string text) => Assert.NotEmpty(InstanceReader.Read(text, "x").Errors);
}
