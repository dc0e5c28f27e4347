using Logistics.Planning.Days;
using Logistics.Planning.Formats;
using Logistics.Planning.Formats.Json;
using Logistics.Planning.Formats.Vroom;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planning.Tests.Formats;

/// <summary>Small sound files of every format, and ways to damage them.</summary>
internal static class HostileFiles
{
    private const string Solomon = "T1\n\nVEHICLE\nNUMBER     CAPACITY\n  3         20\n\nCUSTOMER\nCUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME\n\n"
        + "    0      35         35          0          0       230          0\n    1      41         49         10        161       171         10\n    2      35         17          7         50        60         10\n    3      55         45         13        116       126         10\n";

    private const string Vrplib = "NAME : t\nTYPE : CVRP\nDIMENSION : 4\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 10\nNODE_COORD_SECTION\n1 0 0\n2 10 0\n3 0 10\n4 5 5\nDEMAND_SECTION\n1 0\n2 4\n3 5\n4 6\nDEPOT_SECTION\n1\n-1\nEOF\n";

    private const string VrplibWindows = "NAME : w\nTYPE : VRPTW\nDIMENSION : 4\nVEHICLES : 3\nEDGE_WEIGHT_TYPE : EXPLICIT\nEDGE_WEIGHT_FORMAT : FULL_MATRIX\nCAPACITY : 10\nEDGE_WEIGHT_SECTION\n0 5 6 7\n5 0 3 4\n6 2 0 8\n7 4 8 0\n"
        + "NODE_COORD_SECTION\n1 0 0\n2 1 0\n3 2 0\n4 3 0\nDEMAND_SECTION\n1 0\n2 4\n3 5\n4 6\nTIME_WINDOW_SECTION\n1 0 100\n2 10 40\n3 0 50\n4 20 90\nSERVICE_TIME_SECTION\n1 0\n2 3\n3 3\n4 3\nDEPOT_SECTION\n1\n-1\nEOF\n";

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

    // Everything a request may say.
    private const string VroomFull = """
        {"vehicles": [{"id": 1, "profile": "car", "type": "van", "speed_factor": 1.5, "description": "一", "start": [2.1, 48.1], "start_index": 0, "end": [2.1, 48.1], "end_index": 0, "capacity": [3, 4], "skills": [1, 2],
           "time_window": [100, 900], "max_tasks": 4, "max_travel_time": 300, "max_distance": 4000, "costs": {"fixed": 7, "per_hour": 1800, "per_km": 5},
           "breaks": [{"id": 6, "service": 20, "max_load": [2, 4], "time_windows": [[150, 400]]}],
           "steps": [{"type": "start", "service_after": 100}, {"type": "pickup", "id": 4}, {"type": "break", "id": 6}, {"type": "delivery", "id": 4, "service_before": 800}, {"type": "end"}]},
          {"id": 2, "start": [2.2, 48.2], "start_index": 1, "capacity": [5, 5]}],
         "jobs": [{"id": 1, "location": [2.2, 48.2], "location_index": 1, "delivery": [1, 0], "pickup": [0, 1], "setup": 3, "service": 5, "skills": [1], "priority": 10, "time_windows": [[0, 300], [400, 800]], "service_per_type": {"van": 8}}],
         "shipments": [{"amount": [1, 1], "priority": 3, "pickup": {"id": 4, "location": [2.2, 48.2], "location_index": 1}, "delivery": {"id": 4, "location": [2.1, 48.1], "location_index": 0, "time_windows": [[0, 850]]}}],
         "matrices": {"car": {"durations": [[0, 10], [12, 0]], "distances": [[0, 100], [120, 0]]}}, "options": {"g": true, "t": 1, "x": 1}}
        """;

    private static readonly string[] Tokens =
    [
        "x", "-1", "0", "1e999", "1e308", "-1e308", "NaN", "Infinity", "99999999999", "9223372036854775807", "-9223372036854775808", "18446744073709551616", "", "-", "\"", "[", "{", "2147483648", "1073741824",
        "null", "true", "1.5", "0.0000001", "[]", "{}", "\"\"", "[[1]]", "1,", ",", "\u0000", "\ud83d\ude80", "\"\\ud83d\"", "\"\\ud83d\\ude80\"",
    ];

    public static IReadOnlyList<string> Formats { get; } = ["solomon", "vrplib", "vrplib with windows", "lilim", "vrpdo", "json", "json with everything", "vroom", "vroom with everything", "vroom plan mode"];

    public static string Find(string format) => format switch
    {
        "solomon" => Solomon,
        "vrplib" => Vrplib,
        "vrplib with windows" => VrplibWindows,
        "lilim" => LiLim,
        "vrpdo" => Vrpdo,
        "json" => Json,
        "json with everything" => JsonWriting.Write(ProblemJsonTests.Full),
        "vroom with everything" => VroomFull,
        "vroom plan mode" => VroomFull.Replace("\"g\": true", "\"g\": true, \"c\": true", StringComparison.Ordinal),
        _ => Vroom,
    };

    /// <summary>What is wrong with a text that is neither refused with reasons nor solved by a plan the checker accepts; null when all is well.</summary>
    /// <param name="errors">Why it was refused; empty when it was not.</param>
    public static string? Judge(string format, string text, int seed, out IReadOnlyList<string> errors)
    {
        var (problem, vroom) = Read(format, text, out errors);
        if (problem is null) return errors.Count == 0 ? "neither read nor refused" : errors.FirstOrDefault(e => e.Length < 8) is { } curt ? $"says only '{curt}'" : null;
        errors = [.. ProblemValidator.Validate(problem).Select(e => e.ToString())];
        if (errors.Count > 0) return null;
        if (vroom?.Given is not null)
        {
            VroomResponse.WriteGiven(vroom);
            return null;
        }

        var result = RouteSearch.Solve(problem, new SearchOptions { Seed = (ulong)seed, MaxIterations = 5, WarmStart = vroom?.Start ?? FirstPlan.Build(problem) }, CancellationToken.None);
        var check = PlanChecker.Check(problem, result.Plan);
        if (vroom is not null) VroomResponse.Write(vroom, result.Plan, 0);
        return result.IsFeasible == check.IsLegal ? null : $"the search says {(result.IsFeasible ? "" : "not ")}feasible, the checker {(check.IsLegal ? "nothing" : check.Violations[0].ToString())}";
    }

    private static (Problem? Problem, VroomProblem? Vroom) Read(string format, string text, out IReadOnlyList<string> errors)
    {
        if (format.StartsWith("json", StringComparison.Ordinal))
        {
            var read = ProblemJson.Read(text);
            errors = read.Errors;
            return (read.Value, null);
        }

        if (format.StartsWith("vroom", StringComparison.Ordinal))
        {
            var read = VroomRequest.Read(text);
            errors = read.Errors;
            return (read.Value?.Problem, read.Value);
        }

        var instance = InstanceReader.Read(text, "t");
        errors = instance.Errors;
        return (instance.Value?.Problem, null);
    }

    public static string Damage(string text, Random random)
    {
        for (int i = 0; i <= random.Next(3); i++) text = DamageOnce(text, random);
        return text;
    }

    private static string DamageOnce(string text, Random random)
    {
        if (text.Length < 3) return text;
        int at = random.Next(text.Length);
        switch (random.Next(8))
        {
            case 0: return text[..at];
            case 1: return text.Remove(at, Math.Min(1 + random.Next(4), text.Length - at));
            case 2:
                var lines = text.Split('\n').ToList();
                int line = random.Next(lines.Count);
                if (random.Next(2) == 0) lines.RemoveAt(line);
                else lines.Insert(line, lines[line]);
                return string.Join('\n', lines);
            case 3:
                // A piece comes again elsewhere: duplicate ids, doubled sections, longer lists.
                string piece = text.Substring(at, Math.Min(1 + random.Next(60), text.Length - at));
                return text.Insert(random.Next(text.Length), piece);
            case 4:
                // A field is called otherwise, or a word is another.
                int word = text.IndexOf('"', at);
                return word < 0 || word + 2 >= text.Length ? text.Insert(at, "Q") : text.Insert(word + 1, random.Next(2) == 0 ? "_" : "start");
            default:
                // A number becomes something else.
                int from = at;
                while (from < text.Length && !char.IsAsciiDigit(text[from])) from++;
                int to = from;
                while (to < text.Length && char.IsAsciiDigit(text[to])) to++;
                return text[..from] + Tokens[random.Next(Tokens.Length)] + text[to..];
        }
    }
}
