using Logistics.OrTools.Hosting;
using Logistics.OrTools.Protocol;

namespace Logistics.OrTools.Tests;

/// <summary>A real Node child that speaks the frames wrongly: whatever it does, the caller gets a typed result with a remedy.</summary>
public sealed class WrongChildTests
{
    /// <summary>Connects, greets, and keeps itself alive; what it does with a request follows.</summary>
    private const string Greeting = """
        import { connect } from 'node:net';
        const socket = connect(process.argv[2]);
        const reply = (kind, text, length) => { const head = Buffer.alloc(9); head.writeInt32LE(length ?? 5 + text.length, 0); head.writeUInt8(kind.charCodeAt(0), 4); socket.write(Buffer.concat([head, Buffer.from(text)])); };
        process.stdin.resume();
        process.stdin.on('end', () => process.exit(0));
        reply('R', process.versions.node);
        """;

    public static TheoryData<string, string, CpSatOutcome, string> Children => new()
    {
        { "runs out of memory", "socket.on('data', () => reply('E', 'RuntimeError: memory access: Cannot enlarge memory, OOM'));", CpSatOutcome.OutOfMemory, "Cut the problem into smaller ones" },
        { "throws", "socket.on('data', () => reply('E', 'Check failed: x > 0'));", CpSatOutcome.Crashed, "Check failed: x > 0" },
        { "dies in the middle of a reply", "socket.on('data', () => { reply('S', 'abc', 5000); setImmediate(() => process.exit(3)); });", CpSatOutcome.Crashed, "ended with code 3" },
        { "sends a negative length", "socket.on('data', () => reply('S', '', -7));", CpSatOutcome.Crashed, "which is no reply" },
        { "sends an unknown kind", "socket.on('data', () => reply('?', 'x'));", CpSatOutcome.Crashed, "which is no reply" },
        { "sends what is no answer", "socket.on('data', () => reply('S', '\\xff\\xff\\xff\\xff\\xff\\xff'));", CpSatOutcome.Crashed, "The next solve uses a new process" },
        { "closes the socket and lives on", "socket.on('data', () => socket.destroy());", CpSatOutcome.Crashed, "The next solve uses a new process" },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Children))]
    public async Task Child_that_goes_wrong_is_a_typed_result(string what, string script, CpSatOutcome expected, string words)
    {
        await using var solver = await StartAsync(Greeting + "\n" + script);

        var result = await solver.SolveAsync(Models.Knapsack(), cancellationToken: Token);

        Assert.Equal((what, expected), (what, result.Outcome));
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
        Assert.Empty(solver.ListBusyProcessIds());
    }

    [Fact]
    public async Task Child_that_never_greets_is_given_up_and_gone()
    {
        await using var solver = await StartAsync("setInterval(() => {}, 1000); process.stdin.resume();", new CpSatOptions { StartLimit = TimeSpan.FromSeconds(1) });

        var result = await solver.SolveAsync(Models.Knapsack(), cancellationToken: Token);

        Assert.Equal(CpSatOutcome.Crashed, result.Outcome);
        Assert.Contains("did not start within 1 s", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Child_that_never_answers_is_hung_at_limit_and_grace()
    {
        await using var solver = await StartAsync(Greeting, new CpSatOptions { HangGrace = TimeSpan.FromMilliseconds(200) });

        var result = await solver.SolveAsync(Models.Knapsack(), new SatParameters { MaxTimeInSeconds = 0.1 }, cancellationToken: Token);

        Assert.Equal(CpSatOutcome.Hung, result.Outcome);
        Assert.Contains("longer time limit", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_that_disappears_is_unavailable_and_looked_for_again()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("needs a symbolic link to Node");
            return;
        }

        var folder = Folder("");
        var link = Path.Combine(folder, "node");
        if (FindNode() is not { } node)
        {
            Assert.Skip("Node is not on PATH: install Node 20 or newer");
            return;
        }

        File.CreateSymbolicLink(link, node);
        await using var solver = new NodeCpSat(new CpSatOptions { Installation = CpSatInstallation.InFolder(folder) with { NodePath = link } });
        Assert.Null(await solver.FindProblemAsync(Token));
        File.Delete(link);

        var gone = await solver.SolveAsync(Models.Knapsack(), cancellationToken: Token);
        var looked = await solver.FindProblemAsync(Token);

        Assert.Equal(CpSatOutcome.Unavailable, gone.Outcome);
        Assert.Contains("Install Node 20 or newer", gone.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be run", looked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_that_does_not_say_its_version_is_named()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("needs a Unix shell to pretend to be a Node that hangs");
            return;
        }

        var folder = Folder("");
        var node = Path.Combine(folder, "node");
        await File.WriteAllTextAsync(node, "#!/bin/sh\nexec sleep 600\n", Token);
        File.SetUnixFileMode(node, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var problem = await (CpSatInstallation.InFolder(folder) with { NodePath = node, VersionLimit = TimeSpan.FromMilliseconds(200) }).FindProblemAsync(Token);

        Assert.Contains("did not answer within", problem, StringComparison.Ordinal);
    }

    private static async Task<NodeCpSat> StartAsync(string script, CpSatOptions? options = null)
    {
        var solver = new NodeCpSat((options ?? new()) with { MaxProcesses = 1, Installation = CpSatInstallation.InFolder(Folder(script)) });
        if (await solver.FindProblemAsync(Token) is { } problem) Assert.Skip(problem);
        return solver;
    }

    private static string Folder(string script)
    {
        var folder = Directory.CreateTempSubdirectory("cp-sat-wrong-").FullName;
        foreach (var file in new[] { "cp_sat_runtime_node_asyncify.js", "cp_sat_runtime_node_asyncify.wasm" }) File.WriteAllText(Path.Combine(folder, file), "");
        File.WriteAllText(Path.Combine(folder, "host.mjs"), script);
        return folder;
    }

    private static string? FindNode() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "node")).FirstOrDefault(File.Exists);
}
