using Logistics.Testing;

namespace Logistics.Planning.Tests.Formats;

/// <summary>The shared benchmark instances, found beside the repository; read by path, never copied.</summary>
internal static class BenchFolder
{
    public static string? Find() => RepositoryFolder.FindShared() is { } shared && Path.Combine(shared, "bench") is var bench && Directory.Exists(bench) ? bench : null;

    public static string Require()
    {
        string? folder = Find();
        Assert.SkipWhen(folder is null, "Put the benchmark instances at ../shared/bench beside the repository.");
        return folder;
    }
}
