using Logistics.OrTools.Hosting;

namespace Logistics.OrTools.Tests;

/// <summary>A machine without the engine gets a message with a remedy, and no exception.</summary>
public sealed class InstallationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Missing_files_are_named_with_their_remedy()
    {
        await using var solver = new NodeCpSat(new() { Installation = CpSatInstallation.InFolder("/nowhere") });

        var result = await solver.SolveAsync(Models.Knapsack(), cancellationToken: Token);

        Assert.Equal(CpSatOutcome.Unavailable, result.Outcome);
        Assert.Contains("host.mjs is missing", result.Message, StringComparison.Ordinal);
        Assert.Contains("Install Node 20", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_node_is_named_with_its_remedy()
    {
        var folder = MakeFolder();
        var installation = CpSatInstallation.InFolder(folder) with { NodePath = "no-such-node" };

        var problem = await installation.FindProblemAsync(Token);

        Assert.Contains("\"no-such-node\" cannot be run", problem, StringComparison.Ordinal);
        Assert.Contains("LOGISTICS_NODE", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_node_is_named_with_its_version()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("needs a Unix shell to pretend to be an old Node");
            return;
        }

        var folder = MakeFolder();
        var node = Path.Combine(folder, "node");
        await File.WriteAllTextAsync(node, "#!/bin/sh\necho v18.20.4\n", Token);
        File.SetUnixFileMode(node, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var problem = await (CpSatInstallation.InFolder(folder) with { NodePath = node }).FindProblemAsync(Token);

        Assert.Contains("says \"v18.20.4\"", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_runtime_is_a_crash_with_the_childs_last_words()
    {
        var folder = MakeFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "host.mjs"), "throw new Error('no good');", Token);
        await using var solver = new NodeCpSat(new() { Installation = CpSatInstallation.InFolder(folder) });
        if (await solver.FindProblemAsync(Token) is { } problem) Assert.Skip(problem);

        var result = await solver.SolveAsync(Models.Knapsack(), cancellationToken: Token);

        Assert.Equal(CpSatOutcome.Crashed, result.Outcome);
        Assert.Contains("no good", result.Message, StringComparison.Ordinal);
    }

    private static string MakeFolder()
    {
        var folder = Directory.CreateTempSubdirectory("cp-sat-").FullName;
        foreach (var file in new[] { "host.mjs", "cp_sat_runtime_node_asyncify.js", "cp_sat_runtime_node_asyncify.wasm" })
            File.WriteAllText(Path.Combine(folder, file), "");
        return folder;
    }
}
