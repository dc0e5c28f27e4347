using Logistics.Routing.Model;
using Logistics.Routing.Replanning;

namespace Logistics.Planning.Formats.Json;

/// <summary>What happened to a running plan: <c>{"format": "logistics-incidents/1", "incidents": [{"kind": "jobCancelled", "job": 3}, …]}</c>. Jobs, vehicles and profiles read as in our problem.</summary>
public static class IncidentJson
{
    public const string Format = "logistics-incidents/1";

    private const string Kinds = "jobAdded, jobCancelled, optionMoved, vehicleLate, vehicleBroken, vehicleAdded, placeClosed, capacityChanged, travelChanged";

    public static ReadResult<List<Incident>> Read(string text) => JsonReading.Read(text, root =>
    {
        if (root.Text("format") is var format && format != Format) root.Fail("format", $"'{format}' is not '{Format}'.");
        var matrices = new MatrixReading(root).ReadAll();
        var incidents = root.RequireList("incidents", i => ReadIncident(i, matrices));
        root.RefuseUnknown();
        return incidents.OfType<Incident>().ToList();
    });

    private static Incident? ReadIncident(JsonReading incident, MatrixReading matrices)
    {
        string kind = incident.RequireText("kind");
        switch (kind)
        {
            case "jobAdded": return Find(incident, "job", JobJson.Read) is { } job ? new JobAdded(job) : null;
            case "jobCancelled": return new JobCancelled(incident.RequireInt("job"));
            case "optionMoved":
                int moved = incident.RequireInt("job");
                return Find(incident, "option", JobJson.ReadAlternative) is { } option ? new OptionMoved(moved, option) : null;
            case "vehicleLate": return new VehicleLate(incident.RequireInt("vehicle"), incident.RequireInt("freeAt"));
            case "vehicleBroken": return new VehicleBroken(incident.RequireInt("vehicle"), incident.FindInt("transferSeconds"));
            case "vehicleAdded": return Find(incident, "vehicle", VehicleJson.Read) is { } vehicle ? new VehicleAdded(vehicle) : null;
            case "placeClosed": return new PlaceClosed(incident.RequireInt("place"), new ClosedInterval(incident.Int("from"), incident.Int("until", int.MaxValue)));
            case "capacityChanged": return new CapacityChanged(incident.RequireInt("resource"), incident.Ints("capacityByClass"));
            case "travelChanged":
                int profile = incident.RequireInt("profile");
                return Find(incident, "travel", t => new Boxed(TravelJson.Read(t, matrices, null)))?.Travel is { } travel ? new TravelChanged(profile, travel) : null;
            default:
                incident.Fail("kind", $"'{kind}' is not one of {Kinds}.");
                return null;
        }
    }

    private static T? Find<T>(JsonReading owner, string name, Func<JsonReading, T> read)
        where T : class => owner.Require(name) ? owner.Find(name, read) : null;

    private sealed record Boxed(TravelProfile? Travel);
}
