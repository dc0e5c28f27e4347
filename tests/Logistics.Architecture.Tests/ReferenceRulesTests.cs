using System.Xml.Linq;

namespace Logistics.Architecture.Tests;

/// <summary>References only point down (docs/architecture.md).</summary>
public sealed class ReferenceRulesTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Logistics.Routing"] = [],
        ["Logistics.Forecasting"] = [],
        ["Logistics.Mqtt"] = [],
        ["Logistics.Domain"] = [],
        ["Logistics.OrTools"] = [],
        ["Logistics.Planning"] = ["Logistics.Routing", "Logistics.Forecasting", "Logistics.OrTools", "Logistics.Domain"],
        ["Logistics.Storage"] = ["Logistics.Domain"],
        ["Logistics.DeviceGateway"] = ["Logistics.Mqtt", "Logistics.Domain"],
    };

    // Routing, Forecasting and Mqtt are BCL only; Domain knows neither SQL nor HTTP.
    private static readonly string[] WithoutPackages = ["Logistics.Routing", "Logistics.Forecasting", "Logistics.Mqtt", "Logistics.Domain"];

    public static TheoryData<string> RuledProjects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(RuledProjects))]
    public void Project_references_only_what_the_map_allows(string project)
    {
        var references = ReadItems(project, "ProjectReference")
            .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

        Assert.Empty(references.Except(Allowed[project], StringComparer.Ordinal));
    }

    [Fact]
    public void Pure_projects_reference_no_package_and_no_framework()
    {
        foreach (var project in WithoutPackages)
        {
            Assert.Empty(ReadItems(project, "PackageReference"));
            Assert.Empty(ReadItems(project, "FrameworkReference"));
        }
    }

    [Fact]
    public void Only_storage_knows_sql_drivers()
    {
        var sql = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}tests{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(path => File.ReadAllText(path).Contains("\"Npgsql\"", StringComparison.Ordinal)
                || File.ReadAllText(path).Contains("\"Microsoft.Data.Sqlite\"", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(["Logistics.Storage"], sql);
    }

    private static List<string> ReadItems(string project, string item)
    {
        var path = Directory.EnumerateFiles(Repository.Root, project + ".csproj", SearchOption.AllDirectories).Single();
        return XDocument.Load(path).Descendants(item).Select(e => e.Attribute("Include")!.Value).ToList();
    }
}
