using Logistics.Planning.Formats;
using Logistics.Planning.Formats.Json;
using Logistics.Planning.Formats.Vroom;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planning.Tests.Formats;

/// <summary>Damaged files of every format are refused with clear errors or read as what they now say; nothing throws.</summary>
public sealed class MalformedFileTests
{
    private const string Solomon = "T1\n\nVEHICLE\nNUMBER     CAPACITY\n  3         20\n\nCUSTOMER\nCUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME\n\n"
        + "    0      35         35          0          0       230          0\n    1      41         49         10        161       171         10\n    2      35         17          7         50        60         10\n    3      55         45         13        116       126         10\n";

    private const string Vrplib = "NAME : t\nTYPE : CVRP\nDIMENSION : 4\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 10\nNODE_COORD_SECTION\n1 0 0\n2 10 0\n3 0 10\n4 5 5\nDEMAND_SECTION\n1 0\n2 4\n3 5\n4 6\nDEPOT_SECTION\n1\n-1\nEOF\n";

    private const string LiLim = "3\t20\t1\n0\t40\t50\t0\t0\t300\t0\t0\t0\n1\t25\t85\t10\t0\t200\t5\t0\t2\n2\t22\t75\t-10\t0\t250\t5\t1\t0\n3\t50\t50\t4\t0\t200\t5\t0\t4\n4\t55\t60\t-4\t0\t280\t5\t3\t0\n";

    private const string Vrpdo = "NUMTYPS 1\nVEHICLE\n1 10\nCUSTOMER\n0 2\n1 3\nLOCATION\n0 0 0 -1 0 500 0 0\n1 10 0 -1 0 400 2 1\n2 0 10 2 0 400 1 1\nOPTION\n0 1 0 0 2 0\n1 2 1 0 2 0\n2 2 0 1 2 3\n";

    private static readonly string Json = JsonWriting.Write(new Problem
    {
        Places = [new Place("a", 0, 0), new Place("b", 1, 0)],
        Profiles = [new MatrixTravel(2, [0, 5, 5, 0], [0, 5, 5, 0])],
        Depots = [new Depot { Id = "d", Place = 0 }],
        Vehicles = [new Vehicle { Id = "v", CostPerMetre = 1, Capacity = [3], Shift = new TimeWindow(0, 500) }],
        Jobs = [new Job { Id = "j", UnservedCost = 50, Alternatives = [new Alternative { Visits = [new Visit { Place = 1, Delivery = [1], Windows = [new TimeWindow(0, 100)] }] }] }],
    });

    private const string Vroom = """
        {"vehicles": [{"id": 1, "start_index": 0, "end_index": 0, "capacity": [3], "time_window": [0, 900]}],
         "jobs": [{"id": 1, "location_index": 1, "delivery": [1], "service": 5, "time_windows": [[0, 300]]}],
         "shipments": [{"amount": [1], "pickup": {"id": 4, "location_index": 1}, "delivery": {"id": 4, "location_index": 0}}],
         "matrices": {"car": {"durations": [[0, 10], [12, 0]]}}}
        """;

    private static readonly string[] Tokens = ["x", "-1", "0", "1e999", "NaN", "99999999999", "", "-", "\"", "[", "2147483648", "null", "1.5"];

    public static TheoryData<string> Formats => ["solomon", "vrplib", "lilim", "vrpdo", "json", "vroom"];

    private static string Find(string format) => format switch
    {
        "solomon" => Solomon,
        "vrplib" => Vrplib,
        "lilim" => LiLim,
        "vrpdo" => Vrpdo,
        "json" => Json,
        _ => Vroom,
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Damaged_files_are_refused_or_solved(string format)
    {
        string text = Find(format);
        Assert.Empty(Errors(format, text, 0));
        var faults = new List<string>();
        int refused = 0;
        for (int seed = 1; seed <= 250; seed++)
        {
            string damaged = Damage(text, new Random(seed));
            try
            {
                var errors = Errors(format, damaged, seed);
                if (errors.Count > 0) refused++;
                if (errors.Any(string.IsNullOrWhiteSpace)) faults.Add($"seed {seed}: an empty error");
            }
#pragma warning disable CA1031 // That nothing escapes is what is tested.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                faults.Add($"seed {seed}: {thrown.GetType().Name} {thrown.Message} {thrown.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Logistics", StringComparison.Ordinal))}\n{Trim(damaged)}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(8)));
        Assert.InRange(refused, 50, 250);
    }

    [Theory]
    [InlineData("solomon", "116", "abc", "Line 13: 'abc' is not a finite number")]
    [InlineData("vrplib", "DIMENSION : 4", "DIMENSION : 5", "5")]
    [InlineData("lilim", "\t3\t0\n", "\t9\t0\n", "Line 5")]
    [InlineData("vrpdo", "1 2 1 0 2 0", "1 7 1 0 2 0", "Option 1: location 7")]
    [InlineData("json", "\"place\": 1", "\"place\": 9", "9")]
    [InlineData("vroom", "\"location_index\": 1, \"delivery\"", "\"location_index\": 7, \"delivery\"", "7")]
    public void Error_names_line_or_field_and_value(string format, string good, string bad, string said)
    {
        string text = Find(format);
        string damaged = text.Replace(good, bad, StringComparison.Ordinal);
        if (damaged == text) damaged = text.Replace(good.Replace(": ", ":", StringComparison.Ordinal), bad.Replace(": ", ":", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.NotEqual(text, damaged);

        Assert.Contains(Errors(format, damaged, 0), e => e.Contains(said, StringComparison.Ordinal));
    }

    private static IReadOnlyList<string> Errors(string format, string text, int seed)
    {
        Problem? problem;
        IReadOnlyList<string> errors;
        if (format == "json") (problem, errors) = (ProblemJson.Read(text).Value, ProblemJson.Read(text).Errors);
        else if (format == "vroom") (problem, errors) = (VroomRequest.Read(text).Value?.Problem, VroomRequest.Read(text).Errors);
        else (problem, errors) = (InstanceReader.Read(text, "t").Value?.Problem, InstanceReader.Read(text, "t").Errors);
        if (problem is null) return errors;
        var invalid = ProblemValidator.Validate(problem);
        if (invalid.Count > 0) return [.. invalid.Select(e => e.ToString())];
        PlanChecker.Check(problem, RouteSearch.Solve(problem, new SearchOptions { Seed = (ulong)seed, MaxIterations = 5 }, TestContext.Current.CancellationToken).Plan);
        return [];
    }

    private static string Damage(string text, Random random)
    {
        for (int i = 0; i <= random.Next(2); i++) text = DamageOnce(text, random);
        return text;
    }

    private static string DamageOnce(string text, Random random)
    {
        if (text.Length < 3) return text;
        int at = random.Next(text.Length);
        switch (random.Next(5))
        {
            case 0: return text[..at];
            case 1: return text.Remove(at, Math.Min(1 + random.Next(4), text.Length - at));
            case 2:
                var lines = text.Split('\n').ToList();
                int line = random.Next(lines.Count);
                if (random.Next(2) == 0) lines.RemoveAt(line);
                else lines.Insert(line, lines[line]);
                return string.Join('\n', lines);
            default:
                // A number becomes something else.
                int from = at;
                while (from < text.Length && !char.IsAsciiDigit(text[from])) from++;
                int to = from;
                while (to < text.Length && char.IsAsciiDigit(text[to])) to++;
                return text[..from] + Tokens[random.Next(Tokens.Length)] + text[to..];
        }
    }

    private static string Trim(string text) => text.Length < 400 ? text : text[..400];
}
