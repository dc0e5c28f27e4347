using Logistics.Planner.Cli.Files;
using Logistics.Planning.Formats;

namespace Logistics.Planner.Cli.Bench;

/// <summary>One instance to measure: its problem, group and best-known value.</summary>
/// <param name="Group">Family whose means are shown together: the name of the file's folder.</param>
internal sealed record BenchInstance(string Path, string Group, ProblemFile Problem, BestKnown? Best);

/// <summary>Finds instances under the given paths; a folder's instance that exists in two formats counts once.</summary>
internal static class BenchFiles
{
    private static readonly string[] Extensions = [".vrp", ".txt", ".json"];

    /// <exception cref="BadInputException">A path does not exist, or holds no instance.</exception>
    public static List<string> Find(IReadOnlyList<string> paths)
    {
        var missing = paths.Where(p => !File.Exists(p) && !Directory.Exists(p)).Select(p => $"'{p}' does not exist.").ToList();
        if (missing.Count > 0) throw new BadInputException("PATH", missing);
        var files = paths.SelectMany(path => File.Exists(path) ? [path] : ListFolder(path)).Distinct(StringComparer.Ordinal).ToList();
        return files.Count > 0 ? files : throw new BadInputException("PATH", ["there is no instance file under it."]);
    }

    private static IEnumerable<string> ListFolder(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(f => Array.IndexOf(Extensions, Path.GetExtension(f)) >= 0 && IsInstance(f))
        .GroupBy(f => Path.ChangeExtension(f, null), StringComparer.Ordinal)
        .Select(same => same.MinBy(f => Array.IndexOf(Extensions, Path.GetExtension(f)))!)
        .Order(StringComparer.Ordinal);

    private static bool IsInstance(string file)
    {
        string text = File.ReadAllText(file);
        return Path.GetExtension(file) == ".json"
            ? Planning.Formats.Json.ProblemJson.Recognises(text) || Planning.Formats.Vroom.VroomRequest.Recognises(text)
            : InstanceReader.Recognises(text);
    }

    public static BenchInstance Load(string file)
    {
        var problem = ProblemFile.Load(file);
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return new BenchInstance(file, Path.GetFileName(folder), problem, BestKnownFolder.Find(file, problem));
    }
}
