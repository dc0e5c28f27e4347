namespace Logistics.Testing;

/// <summary>Finds the repository and its neighbours from the test binary, so that no path of a machine is written down.</summary>
public static class RepositoryFolder
{
    /// <summary>The folder that holds Logistics.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The read-only folder of benchmark files beside the repository, or null when there is none.</summary>
    public static string? FindShared()
    {
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared"));
        return Directory.Exists(path) ? path : null;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Logistics.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException($"Logistics.sln is not above {AppContext.BaseDirectory}.");
    }
}
