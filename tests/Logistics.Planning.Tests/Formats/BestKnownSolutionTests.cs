using System.Globalization;
using System.Text.Json;
using Logistics.Planning.Formats;
using Logistics.Routing.Checking;

namespace Logistics.Planning.Tests.Formats;

/// <summary>The convention of every folder is read right: each published solution is legal and costs exactly what it states.</summary>
public sealed class BestKnownSolutionTests
{
    public static TheoryData<string> Solutions => List("*.sol");

    public static TheoryData<string> OptionSolutions => List("*.json", Path.Combine("vrpdo", "solutions"));

    [Theory]
    [MemberData(nameof(Solutions))]
    public void Published_solution_is_legal_and_costs_what_it_states(string file)
    {
        string path = Path.Combine(BenchFolder.Require(), file);
        Assert.SkipWhen(!File.Exists(path), "There is no solution file in ../shared/bench.");
        var sol = SolFormat.Read(File.ReadAllText(path)).Value!;
        foreach (string extension in new[] { ".vrp", ".txt" })
        {
            string instancePath = Path.ChangeExtension(path, extension);
            if (!File.Exists(instancePath)) continue;
            var read = InstanceReader.Read(File.ReadAllText(instancePath), Path.GetFileNameWithoutExtension(instancePath));
            Assert.Empty(read.Errors);
            var plan = SolFormat.ToPlan(sol, read.Value!);
            Assert.Empty(plan.Errors);

            var check = PlanChecker.Check(read.Value!.Problem, plan.Value!);

            Assert.Empty(check.Violations);
            // X384-FSMF states its cost in units of 10^5, rounded to two decimals.
            double published = read.Value.PublishedCost(check.Cost);
            Assert.Equal(sol.Cost, file.EndsWith("X384-FSMF.sol", StringComparison.Ordinal) ? Math.Round(published / 1e5, 2) : published);
        }
    }

    [Theory]
    [MemberData(nameof(OptionSolutions))]
    public void Published_option_plan_costs_what_it_states(string file)
    {
        string path = Path.Combine(BenchFolder.Require(), file);
        Assert.SkipWhen(!File.Exists(path), "There is no solution file in ../shared/bench/vrpdo/solutions.");
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        string name = json.RootElement.GetProperty("instance").GetString()!;
        var instance = InstanceReader.Read(File.ReadAllText(Path.Combine(BenchFolder.Require(), "vrpdo", name + ".txt")), name).Value!;
        var routes = json.RootElement.GetProperty("routes_of_option_ids").EnumerateArray().Select(r => (IReadOnlyList<int>)[.. r.EnumerateArray().Select(o => o.GetInt32())]).ToList();

        var plan = SolFormat.ToPlan(new SolFile(routes, null), instance).Value!;
        var check = PlanChecker.Check(instance.Problem, plan);

        Assert.Empty(check.Violations);
        Assert.Equal(json.RootElement.GetProperty("vehicles").GetInt32(), plan.Routes.Count);
        double stated = json.RootElement.GetProperty("cost").GetDouble();
        Assert.Equal(Math.Round(stated, instance.CostDecimals), instance.PublishedCost(check.Cost));
    }

    private static TheoryData<string> List(string pattern, string under = "")
    {
        string? folder = BenchFolder.Find();
        if (folder is null) return [.. new[] { "none" }];
        var files = Directory.EnumerateFiles(Path.Combine(folder, under), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
        return [.. files.Select(f => Path.GetRelativePath(folder, f).ToString(CultureInfo.InvariantCulture))];
    }
}
