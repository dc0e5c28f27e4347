using System.Globalization;
using Logistics.Planning.Formats;
using Logistics.Planning.Formats.Json;
using Logistics.Planning.Formats.Vroom;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planner.Cli.Files;

/// <summary>A plan in a file, and what the file itself says about it that the checker does not know.</summary>
public static class PlanFile
{
    /// <summary>Reads a plan in our JSON, VROOM's response or a <c>.sol</c> file; the last is timed by <see cref="PlanScheduler"/>.</summary>
    public static (Plan Plan, IReadOnlyList<Violation> Statements) Load(string path, ProblemFile problem)
    {
        string text = ProblemFile.ReadText(path);
        if (PlanJson.Recognises(text)) return (ProblemFile.Take(path, PlanJson.Read(text)), []);
        if (problem.Vroom is { } vroom && VroomResponse.Recognises(text)) return (ProblemFile.Take(path, VroomResponse.Read(text, vroom)), []);
        if (!SolFormat.Recognises(text)) throw new BadInputException(path, [$"the plan is neither our JSON (\"format\": \"{PlanJson.Format}\"), a VROOM response to this problem, nor 'Route #k: …' lines."]);
        var sol = ProblemFile.Take(path, SolFormat.Read(text));
        var plan = ProblemFile.Take(path, SolFormat.ToPlan(sol, problem.Instance));
        double cost = problem.Instance.PublishedCost(plan.Cost);
        return sol.Cost is { } stated && Math.Round(stated, problem.Instance.CostDecimals, MidpointRounding.AwayFromZero) != cost
            ? (plan, [new Violation(ViolationKind.StatedCost, string.Create(CultureInfo.InvariantCulture, $"The file states a cost of {stated}, recomputed is {cost}."))])
            : (plan, []);
    }

    /// <summary>Writes a plan in the format asked for.</summary>
    public static string Write(ProblemFile problem, Plan plan, PlanFormat format, double solvingSeconds) => format switch
    {
        PlanFormat.Json => JsonWriting.Write(plan, problem.Instance.Name),
        PlanFormat.Vroom when problem.Vroom is { } vroom => VroomResponse.Write(vroom, plan, solvingSeconds),
        PlanFormat.Vroom => throw new BadInputException("--format", ["'vroom' answers VROOM requests only."]),
        _ => SolFormat.Write(problem.Instance, plan),
    };
}
