using System.CommandLine;
using System.CommandLine.Parsing;
using Logistics.Planner.Cli.Bench;
using Logistics.Planner.Cli.Forecasting;
using Logistics.Planner.Cli.Generating;

namespace Logistics.Planner.Cli;

/// <summary>The table of contents of <c>logistics</c>: one line a command, one file a command.</summary>
public static class CommandTable
{
    public static RootCommand Create() => new("Plans, checks and forecasts joint delivery. Exit codes: 0 = good, 1 = infeasible or violations, 2 = bad input.")
    {
        SolveCommand.Create(),
        CheckCommand.Create(),
        BenchCommand.Create(),
        ProveCommand.Create(),
        SearchScaleCommand.Create(),
        ExactCommand.Create(),
        CompareCommand.Create(),
        ExplainCommand.Create(),
        RepairCommand.Create(),
        GenerateCommand.Create(),
        ForecastCommand.Create(),
    };

    /// <summary>Runs a command line. Every wrong argument and every bad input comes as one message that lists all faults, with exit code 2.</summary>
    public static async Task<int> RunAsync(this RootCommand root, string[] args, TextWriter output, TextWriter error)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync(string.Join(Environment.NewLine, parsed.Errors.Select(e => e.Message)));
            return ExitCode.BadInput;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (BadInputException bad)
        {
            await error.WriteLineAsync(bad.Message);
            return ExitCode.BadInput;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(broken.Message);
            return ExitCode.BadInput;
        }
    }
}
