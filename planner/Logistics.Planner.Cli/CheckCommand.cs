using System.CommandLine;
using System.Globalization;
using Logistics.Planner.Cli.Files;
using Logistics.Planner.Cli.Running;
using Logistics.Routing.Checking;
using Spectre.Console;

namespace Logistics.Planner.Cli;

/// <summary><c>logistics check PROBLEM PLAN</c>: recomputes a plan from the problem alone and lists every violation.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var problem = new Argument<string>("PROBLEM") { Description = "Problem of any format." };
        var plan = new Argument<string>("PLAN") { Description = "Plan: our JSON, a VROOM response, or a .sol file." };
        var json = CommonOptions.Json();
        var command = new Command("check", "Recompute a plan's cost and constraints; exit code 1 when any is violated.") { problem, plan, json };
        command.SetAction(parsed => Run(parsed, parsed.GetValue(problem)!, parsed.GetValue(plan)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(ParseResult parsed, string problemPath, string planPath, bool isJson)
    {
        var problem = ProblemFile.Load(problemPath);
        var (plan, statements) = PlanFile.Load(planPath, problem);
        var check = PlanChecker.Check(problem.Instance.Problem, plan);
        check = check with { Violations = [.. check.Violations, .. statements] };
        if (isJson)
        {
            parsed.InvocationConfiguration.Output.WriteLine(CheckReport.ToJson(problem, plan, check));
            return ExitCode.Of(check.IsLegal);
        }

        var console = Screen.On(parsed.InvocationConfiguration.Output);
        string cost = problem.Instance.PublishedCost(check.Cost).ToString(CultureInfo.InvariantCulture);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{problem.Instance.Name}: {(check.IsLegal ? "legal" : $"{check.Violations.Count} violations")}, cost {cost}, {plan.Routes.Count} vehicles, {plan.Unserved.Count} unserved.");
        CheckReport.PrintViolations(console, check.Violations);
        CheckReport.PrintCost(console, check.Cost);
        return ExitCode.Of(check.IsLegal);
    }
}
