using Logistics.Planner.Cli.Files;
using Logistics.Planning.Formats;
using Logistics.Routing.Checking;

namespace Logistics.Planner.Cli.Bench;

/// <summary>Looks up an instance's best-known value: <c>bks.json</c> or <c>bks.csv</c> in its folder or the one above, else the recomputed cost of the solution beside it.</summary>
internal static class BestKnownFolder
{
    public static BestKnown? Find(string instanceFile, ProblemFile problem)
    {
        string path = Path.GetFullPath(instanceFile), name = Path.GetFileNameWithoutExtension(path), folder = Path.GetDirectoryName(path)!;
        string inParent = $"{Path.GetFileName(folder)}/{name}";
        return FindIn(folder, name) ?? (Path.GetDirectoryName(folder) is { } parent ? FindIn(parent, inParent) ?? FindIn(parent, name) : null) ?? FromSolution(Path.ChangeExtension(path, ".sol"), problem);
    }

    private static BestKnown? FindIn(string folder, string name)
    {
        string json = Path.Combine(folder, "bks.json"), csv = Path.Combine(folder, "bks.csv");
        if (File.Exists(json) && BestKnown.ReadJson(File.ReadAllText(json)).TryGetValue(name, out var known)) return known;
        return File.Exists(csv) && BestKnown.ReadCsv(File.ReadAllText(csv)).TryGetValue(name, out known) ? known : null;
    }

    private static BestKnown? FromSolution(string solFile, ProblemFile problem)
    {
        if (!File.Exists(solFile) || SolFormat.Read(File.ReadAllText(solFile)) is not { IsRead: true, Value: { } sol }) return null;
        if (SolFormat.ToPlan(sol, problem.Instance) is not { IsRead: true, Value: { } plan }) return null;
        var check = PlanChecker.Check(problem.Instance.Problem, plan);
        return check.IsFeasible ? new BestKnown(problem.Instance.PublishedCost(check.Cost), plan.Routes.Count) : null;
    }
}
