using System.Text.RegularExpressions;
using Logistics.Testing;

namespace Logistics.Web.Tests;

/// <summary>Every fault the host can name to a page has words in both languages; a new rule without them fails here.</summary>
public sealed partial class FaultWordsTests
{
    private static readonly string[] Sources = ["web/Logistics.Web", "data/Logistics.Domain", "data/Logistics.Storage", "planner/Logistics.Planning/Days"];

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void Every_rule_the_code_names_has_words(string language)
    {
        var folder = Path.Combine(RepositoryFolder.Root, "web", "ui", "src", "i18n", language);
        var known = Directory.EnumerateFiles(folder, "*.ts").SelectMany(f => Words().Matches(File.ReadAllText(f))).Select(m => m.Groups["rule"].Value).ToHashSet(StringComparer.Ordinal);
        var named = Sources.SelectMany(s => Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Root, s), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(f => File.ReadLines(f).SelectMany(RulesOf)).Distinct(StringComparer.Ordinal).ToList();

        Assert.True(named.Count > 70, $"Only {named.Count} rules were found; the pattern of this test no longer fits the code.");
        Assert.Empty(named.Where(rule => !known.Contains(rule)).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> RulesOf(string line)
    {
        var matches = Refusals().Matches(line).Concat(Conflicts().Matches(line)).Concat(Constants().Matches(line));
        if (Reports().IsMatch(line)) matches = matches.Concat(BeforeSentences().Matches(line));
        return matches.Select(m => m.Groups["rule"].Value);
    }

    [GeneratedRegex("""'(?:orderRule|leftOut|change)\.(?<rule>[A-Za-z.]+)'""")]
    private static partial Regex Words();

    [GeneratedRegex("""new Refusal\("(?<rule>[a-z][A-Za-z.]+)"|new RepairFault\("(?<rule>[a-z][A-Za-z.]+)""")]
    private static partial Regex Refusals();

    [GeneratedRegex("""Conflict\(.*"(?<rule>[a-z]+\.[A-Za-z.]+)"\)""")]
    private static partial Regex Conflicts();

    [GeneratedRegex("""const string (?:DiskFull|Required|Range|Format|[A-Z]\w+) = "(?<rule>required|range|format|disk\.full|(?:partner|hub|handling|area|window|release|terminal|locker|option)\.[A-Za-z]+)";""")]
    private static partial Regex Constants();

    [GeneratedRegex("""FieldProblem\(|Invalid\(|Add\(|Fault\(|Refuse\(""")]
    private static partial Regex Reports();

    /// <summary>A rule stands before its message: "format", $"field \"x\" is not …".</summary>
    [GeneratedRegex("""[,(] "(?<rule>[a-z][A-Za-z]*(?:\.[A-Za-z]+)*)", (?:FormattableString\.Invariant\()?\$?"(?:[^"\\]|\\.)* """)]
    private static partial Regex BeforeSentences();
}
