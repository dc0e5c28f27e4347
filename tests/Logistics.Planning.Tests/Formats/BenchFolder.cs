namespace Logistics.Planning.Tests.Formats;

/// <summary>The shared benchmark instances, found beside the repository; read by path, never copied.</summary>
internal static class BenchFolder
{
    public static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Logistics.sln"))) continue;
            string bench = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "bench"));
            return Directory.Exists(bench) ? bench : null;
        }

        return null;
    }

    public static string Require()
    {
        string? folder = Find();
        Assert.SkipWhen(folder is null, "Put the benchmark instances at ../shared/bench beside the repository.");
        return folder;
    }
}
