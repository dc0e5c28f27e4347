using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Logistics.Planner.Cli.Files;
using Logistics.Planner.Cli.Running;
using Logistics.Routing.Explaining;
using Logistics.Routing.Model;
using Spectre.Console;

namespace Logistics.Planner.Cli;

/// <summary><c>logistics explain PROBLEM PLAN</c>: why jobs are not served and what would serve them; with <c>--vehicle</c>, what each job of a route costs.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var problem = new Argument<string>("PROBLEM") { Description = "Problem of any format." };
        var plan = new Argument<string>("PLAN") { Description = "Plan of any format." };
        var job = new Option<int?>("--job") { Description = "Only this job (index); served or not." };
        var vehicle = new Option<int?>("--vehicle") { Description = "Marginal cost of every job and stop of this vehicle (index), and why no other drives its route." };
        var json = CommonOptions.Json();
        var command = new Command("explain", "Say why jobs are not served, what would serve them, and what served ones cost.") { problem, plan, job, vehicle, json };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(parsed, parsed.GetValue(problem)!, parsed.GetValue(plan)!, parsed.GetValue(job), parsed.GetValue(vehicle), parsed.GetValue(json), cancel)));
        return command;
    }

    private static int Run(ParseResult parsed, string problemPath, string planPath, int? job, int? vehicle, bool isJson, CancellationToken cancel)
    {
        var file = ProblemFile.Load(problemPath);
        var (problem, plan) = (file.Instance.Problem, PlanFile.Load(planPath, file).Plan);
        if (job is { } asked && (uint)asked >= (uint)problem.Jobs.Count) throw new BadInputException("--job", [$"{asked} is not in [0, {problem.Jobs.Count})."]);
        if (vehicle is { } driven && (uint)driven >= (uint)problem.Vehicles.Count) throw new BadInputException("--vehicle", [$"{driven} is not in [0, {problem.Vehicles.Count})."]);
        var output = parsed.InvocationConfiguration.Output;
        if (vehicle is { } priced)
        {
            ExplainRoute(output, isJson, problem, plan, priced);
            return ExitCode.Good;
        }

        if (job is { } served && !plan.Unserved.Contains(served))
        {
            var why = PlanExplainer.ExplainServed(problem, plan, served);
            Print(output, isJson, why, [$"job {served} is on vehicle {why.Vehicle} and costs {why.MarginalCost} there", .. why.Others.Select(o => $"  vehicle {o.Vehicle}, alternative {o.Alternative}: {o.Message}")]);
            return ExitCode.Good;
        }

        foreach (int unserved in job is { } one ? [one] : plan.Unserved)
        {
            var explanation = PlanExplainer.ExplainUnserved(problem, plan, unserved, cancellation: cancel);
            Print(
                output, isJson, new { explanation.Job, explanation.Exclusions, change = explanation.Change?.Description },
                [$"job {unserved} ({problem.Jobs[unserved].Id}) is not served; {(explanation.Change is { } change ? $"it would be with: {change.Description}" : "no change was found that serves it")}",
                    .. explanation.Exclusions.Select(e => $"  vehicle {e.Vehicle}, alternative {e.Alternative}: {e.Message}")]);
        }

        return ExitCode.Good;
    }

    private static void ExplainRoute(TextWriter output, bool isJson, Problem problem, Plan plan, int vehicle)
    {
        if (!plan.Routes.Any(r => r.Vehicle == vehicle)) throw new BadInputException("--vehicle", [$"{vehicle} ({problem.Vehicles[vehicle].Id}) has no route in this plan."]);
        var costs = PlanExplainer.ListMarginalCosts(problem, plan, vehicle);
        var route = PlanExplainer.ExplainRoute(problem, plan, vehicle);
        Print(
            output, isJson, new { jobs = costs.Select(c => new { job = c.Job, id = problem.Jobs[c.Job].Id, marginalCost = c.MarginalCost }), stops = route.Stops, vehicles = route.Others },
            [.. costs.Select(c => $"job {c.Job} ({problem.Jobs[c.Job].Id}): {Show(c.MarginalCost)}"),
                .. route.Stops.Select(s => $"stop at place {s.Place} ({problem.Places[s.Place].Id}), {s.Jobs.Count} jobs: {Show(s.MarginalCost)}"),
                .. route.Others.Select(o => $"on vehicle {o.Vehicle} ({problem.Vehicles[o.Vehicle].Id}): {o.Message}")]);
    }

    private static string Show(long cost) => cost.ToString("N0", CultureInfo.InvariantCulture);

    private static void Print(TextWriter output, bool isJson, object json, IEnumerable<string> lines)
    {
        if (isJson) output.WriteLine(JsonSerializer.Serialize(json, CheckReport.Options));
        else
            foreach (string line in lines) output.WriteLine(line);
    }
}
