using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Json;

/// <summary>Our own problem format: the model field by field, in camel case, all references as indexes. Schema: docs/schema/problem.schema.json.</summary>
public static class ProblemJson
{
    public const string Format = "logistics-problem/1";

    /// <summary>With a list of matrices that profiles name by index. Readers take either for either.</summary>
    public const string SharedFormat = "logistics-problem/2";

    public static bool Recognises(string text) => text.Contains("\"" + Format + "\"", StringComparison.Ordinal) || text.Contains("\"" + SharedFormat + "\"", StringComparison.Ordinal);

    public static ReadResult<Problem> Read(string text) => JsonReading.Read(text, root =>
    {
        if (root.Text("format") is var format && format != Format && format != SharedFormat) root.Fail("format", $"'{format}' is neither '{Format}' nor '{SharedFormat}'.");
        var matrices = new MatrixReading(root).ReadAll();
        var places = root.RequireList("places", p => new Place(p.RequireText("id"), p.Number("x", double.NaN), p.Number("y", double.NaN)));
        var problem = new Problem
        {
            Name = root.Text("name"),
            Dimensions = root.Int("dimensions", 1, 1, 64),
            Places = places,
            Profiles = [.. root.RequireList("profiles", p => TravelJson.Read(p, matrices, places.Count)).OfType<TravelProfile>()],
            Depots = root.RequireList("depots", ReadDepot),
            Vehicles = root.RequireList("vehicles", VehicleJson.Read),
            Jobs = root.RequireList("jobs", JobJson.Read),
            Resources = root.List("resources", r => new SharedResource { Id = r.RequireText("id"), CapacityByClass = r.Ints("capacityByClass"), SlotSeconds = r.Int("slotSeconds") }),
            ServiceLevels = root.List("serviceLevels", s => new ServiceLevel(s.FindInt("group"), s.RequireInt("maxLevel"), s.RequireInt("minJobs"))),
            GoodsConflicts = root.List("goodsConflicts", c => new GoodsConflict(c.RequireInt("classA"), c.RequireInt("classB"))),
            Balance = root.Find("balance", b => new BalanceRule(b.Choice("measure", BalanceMeasure.Tasks), b.Long("costPerUnit", 0))),
            Disturbance = root.Find("disturbance", d => new DisturbanceRule
            {
                Previous = d.ListOrNull("previous", p => new PreviousAssignment(p.RequireInt("vehicle"), p.RequireInt("alternative"))),
                CostPerJob = d.Long("costPerJob", 0),
                MaxJobs = d.FindInt("maxJobs"),
            }),
        };
        root.RefuseUnknown();
        return problem;
    });

    internal static TimeWindow ReadWindow(JsonReading window) => new(window.RequireInt("earliest"), window.RequireInt("latest"));

    internal static ResourceUse ReadUse(JsonReading use) => new(use.RequireInt("resource"), use.Int("sizeClass"), use.Int("units", 1));

    private static Depot ReadDepot(JsonReading depot) => new()
    {
        Id = depot.RequireText("id"),
        Place = depot.RequireInt("place"),
        Open = depot.Get("open", ReadWindow, TimeWindow.Always),
        LoadingSecondsPerTrip = depot.Int("loadingSecondsPerTrip"),
        Dock = depot.Has("dock") ? depot.Get("dock", ReadUse, default) : null,
    };
}
