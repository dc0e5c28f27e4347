namespace Logistics.Architecture.Tests;

/// <summary>Finds the repository root from the test binary's folder.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Logistics.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No Logistics.sln above {start}.");
    }
}
