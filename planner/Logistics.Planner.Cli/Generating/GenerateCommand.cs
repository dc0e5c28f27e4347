using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Logistics.Planning.Demo;
using Logistics.Planning.Demo.Files;
using Logistics.Planning.Formats.Json;

namespace Logistics.Planner.Cli.Generating;

/// <summary><c>logistics generate</c>: makes a demo city from a seed and writes it as files; optionally plans its day.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var seed = new Option<int>("--seed") { Description = "Seed; equal seeds and sizes give equal cities.", DefaultValueFactory = _ => 1 };
        var parcels = new Option<int>("--parcels") { Description = "Parcels of the day, 1 to 200 000.", DefaultValueFactory = _ => 3_000 };
        var terminals = new Option<int?>("--terminals") { Description = "Terminals; one for 20 parcels when left out." };
        var vehicles = new Option<int?>("--vehicles") { Description = "Vehicles with courier and shift; one for 75 parcels when left out." };
        var days = new Option<int>("--days") { Description = "Days of history.", DefaultValueFactory = _ => 120 };
        var day = new Option<DateOnly?>("--day") { Description = "Service day, yyyy-MM-dd; tomorrow in Beijing when left out." };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for the files; made when missing.", Required = true };
        var timeless = new Option<bool>("--timeless") { Description = "Write order times without dates, so that the files can be imported on any day." };
        var plan = new Option<double?>("--plan") { Description = "Also plan the day for this many seconds and write problem.json, plan.json and day-plan.json." };
        var partners = new Option<bool>("--share") { Description = "With --plan: also plan every coalition of partners for that many seconds each and share the cost among them." };
        var json = new Option<bool>("--json") { Description = "Print the summary as JSON." };
        var command = new Command("generate", "Make a demo city with its orders, network and history.") { seed, parcels, terminals, vehicles, days, day, output, timeless, plan, partners, json };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed,
            new DemoOptions
            {
                Seed = parsed.GetValue(seed),
                Parcels = parsed.GetValue(parcels),
                Terminals = parsed.GetValue(terminals),
                Vehicles = parsed.GetValue(vehicles),
                HistoryDays = parsed.GetValue(days),
                Day = parsed.GetValue(day) ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).DateTime).AddDays(1),
            },
            parsed.GetValue(output)!, parsed.GetValue(timeless), parsed.GetValue(plan), parsed.GetValue(partners), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, DemoOptions options, DirectoryInfo folder, bool isTimeless, double? planSeconds, bool shares, bool isJson, CancellationToken cancellation)
    {
        var output = parsed.InvocationConfiguration.Output;
        var problems = options.Check().ToList();
        if (planSeconds is { } s && !(s > 0 && s < 1e7)) problems.Add(FormattableString.Invariant($"--plan: {s} is not in (0, 10^7)."));
        if (shares && planSeconds is null) problems.Add("--share needs --plan SECONDS.");
        if (problems.Count > 0) throw new BadInputException("generate", problems);

        var city = DemoCity.Generate(options);
        folder.Create();
        var written = new List<string>();
        foreach (var file in DemoFiles.Build(city, isTimeless)) await WriteAsync(folder, file.Name, file.Content, written, cancellation);
        var planned = planSeconds is { } seconds ? await GeneratedPlan.SolveAsync(city, seconds, shares, cancellation) : null;
        foreach (var file in planned?.Files ?? []) await WriteAsync(folder, file.Name, file.Content, written, cancellation);
        if (planned?.Problem is { } problem)
        {
            await using var file = File.Create(Path.Combine(folder.FullName, "problem.json"));
            JsonWriting.Write(file, problem);
            written.Add("problem.json");
        }

        var summary = new
        {
            day = options.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            options.Seed,
            parcels = city.Parcels.Count,
            terminals = city.Network.Terminals.Count,
            vehicles = city.Network.Vehicles.Count,
            historyRows = city.History.Count,
            files = written,
            plan = planned?.Summary,
        };
        await output.WriteLineAsync(isJson
            ? JsonSerializer.Serialize(summary, JsonSerializerOptions.Web)
            : $"{summary.parcels} parcels, {summary.terminals} terminals, {summary.vehicles} vehicles for {summary.day}; {written.Count} files in {folder.FullName}.");
        if (!isJson && planned is not null) await output.WriteLineAsync(planned.Text);
        return ExitCode.Of(planned is not { IsLegal: false });
    }

    private static async Task WriteAsync(DirectoryInfo folder, string name, byte[] content, List<string> written, CancellationToken cancellation)
    {
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), content, cancellation);
        written.Add(name);
    }
}
