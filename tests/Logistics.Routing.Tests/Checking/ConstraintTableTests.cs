using Logistics.Routing.Checking;
using Logistics.Testing;

namespace Logistics.Routing.Tests.Checking;

/// <summary><c>docs/constraints.md</c> tells the truth: what it names exists, and it leaves no rule out.</summary>
public sealed class ConstraintTableTests
{
    private const string CheckingFolder = "planner/Logistics.Routing/Checking";

    private static readonly IReadOnlyList<string[]> Lines = [.. File.ReadLines(Path.Combine(RepositoryFolder.Root, "docs/constraints.md"))
        .Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries))];

    [Fact]
    public void Every_test_file_and_section_of_the_table_exists()
    {
        var sections = File.ReadLines(Path.Combine(RepositoryFolder.Root, "docs/problem.md")).Where(l => l.StartsWith("## ", StringComparison.Ordinal)).Select(AnchorOf).ToHashSet(StringComparer.Ordinal);
        var faults = new List<string>();
        foreach (string[] line in Lines)
        {
            string anchor = line[2][(line[2].IndexOf('#', StringComparison.Ordinal) + 1)..].TrimEnd(')');
            if (!sections.Contains(anchor)) faults.Add($"{line[0]}: docs/problem.md has no section #{anchor}");
            foreach (string test in line[3].Split(", "))
            {
                var type = Array.Find(typeof(ConstraintTableTests).Assembly.GetTypes(), t => t.Name == test.Split('.')[0]);
                if (type?.GetMethod(test.Split('.')[1]) is null) faults.Add($"{line[0]}: there is no test {test}");
            }

            string path = Path.Combine(RepositoryFolder.Root, CheckingFolder, line[4]);
            if (!File.Exists(path)) faults.Add($"{line[0]}: there is no {CheckingFolder}/{line[4]}");
        }

        Assert.True(Lines.Count > 30, $"only {Lines.Count} lines read");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Every_violation_is_on_some_line()
    {
        var named = Lines.SelectMany(l => l[1].Split(", ")).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(Enum.GetNames<ViolationKind>().Except(named));
        Assert.Empty(named.Except(Enum.GetNames<ViolationKind>()));
    }

    /// <summary>Anchor that GitHub gives a heading: lower case, letters, digits and hyphens only, spaces as hyphens.</summary>
    private static string AnchorOf(string heading) => new([.. heading[3..].ToLowerInvariant().Replace(' ', '-').Where(c => char.IsLetterOrDigit(c) || c == '-')]);
}
