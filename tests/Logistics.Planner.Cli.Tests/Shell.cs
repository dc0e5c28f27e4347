using Logistics.Testing;

namespace Logistics.Planner.Cli.Tests;

/// <summary>Runs the command line in this process, in a folder of its own.</summary>
internal sealed class Shell : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Three customers on a line at 10, 20 and −10; two vehicles of capacity 2: the optimum is 40 + 20.</summary>
    public const string Vrp = """
        NAME : tiny
        TYPE : CVRP
        DIMENSION : 4
        VEHICLES : 2
        EDGE_WEIGHT_TYPE : EUC_2D
        CAPACITY : 2
        NODE_COORD_SECTION
        1 0 0
        2 10 0
        3 20 0
        4 -10 0
        DEMAND_SECTION
        1 0
        2 1
        3 1
        4 1
        DEPOT_SECTION
        1
        -1
        EOF
        """;

    public string PathOf(string name) => _folder.File(name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public string Read(string name) => File.ReadAllText(PathOf(name));

    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        int code = await CommandTable.Create().RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }

    public void Dispose() => _folder.Dispose();
}
