using Logistics.Planning.Days;
using Logistics.Planning.Formats;
using Logistics.Planning.Formats.Json;
using Logistics.Planning.Formats.Vroom;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planner.Cli.Files;

/// <summary>How an answer is written.</summary>
public enum PlanFormat { Json, Vroom, Sol }

/// <summary>A problem read from a file of any format we know, validated.</summary>
/// <param name="Vroom">What the answer needs to speak of the request in its own ids; null for other formats.</param>
public sealed record ProblemFile(Instance Instance, PlanFormat NaturalFormat, VroomProblem? Vroom)
{
    /// <exception cref="BadInputException">The file cannot be read or the problem is inconsistent: every fault is listed.</exception>
    public static ProblemFile Load(string path)
    {
        string text = ReadText(path), name = Path.GetFileNameWithoutExtension(path);
        var file = Parse(path, text, name);
        var errors = ProblemValidator.Validate(file.Instance.Problem);
        return errors.Count == 0 ? file : throw new BadInputException(path, [.. errors.Select(e => e.ToString())]);
    }

    // Above this many the construction takes longer than what it saves.
    private const int MostJobsStarted = 10_000;

    /// <summary>Searches the problem, or what a benchmark's convention made of it. Our own format as the product plans days: from a plan grown trip by trip, and with jobs joined first.</summary>
    public SearchResult Solve(Problem problem, SearchOptions options, CancellationToken cancellation) => NaturalFormat == PlanFormat.Json
        ? JoinedSearch.Solve(problem, options, JobGrouping.UsualMembers, SolveFromStart, cancellation)
        : RouteSearch.Solve(problem, options, cancellation);

    private static SearchResult SolveFromStart(Problem problem, SearchOptions options, CancellationToken cancellation) =>
        RouteSearch.Solve(problem, options with { WarmStart = options.WarmStart ?? (problem.Jobs.Count <= MostJobsStarted ? FirstPlan.Build(problem) : null) }, cancellation);

    private static ProblemFile Parse(string path, string text, string name)
    {
        if (ProblemJson.Recognises(text)) return new ProblemFile(Instance.Of(Take(path, ProblemJson.Read(text)), name), PlanFormat.Json, null);
        if (VroomRequest.Recognises(text))
        {
            var vroom = Take(path, VroomRequest.Read(text));
            return new ProblemFile(Instance.Of(vroom.Problem, name), PlanFormat.Vroom, vroom);
        }

        if (InstanceReader.Recognises(text)) return new ProblemFile(Take(path, InstanceReader.Read(text, name)), PlanFormat.Sol, null);
        throw new BadInputException(path, [$"the format is none of our JSON (\"format\": \"{ProblemJson.Format}\"), VROOM JSON (\"jobs\", \"shipments\", \"vehicles\"), Solomon, CVRPLIB/VRPLIB, Li & Lim, VRPDO."]);
    }

    /// <summary>The file can be read and is meant for VROOM.</summary>
    public static bool IsVroom(string path) => File.Exists(path) && VroomRequest.Recognises(File.ReadAllText(path));

    internal static T Take<T>(string path, ReadResult<T> result)
        where T : class => result.IsRead ? result.Value! : throw new BadInputException(path, result.Errors);

    internal static string ReadText(string path)
    {
        if (!File.Exists(path)) throw new BadInputException(path, ["there is no such file."]);
        return File.ReadAllText(path);
    }
}
