using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Json;

/// <summary>Jobs, their alternatives and visits.</summary>
internal static class JobJson
{
    public static Job Read(JsonReading job) => new()
    {
        Id = job.RequireText("id"),
        Alternatives = job.RequireList("alternatives", ReadAlternative),
        UnservedCost = job.FindLong("unservedCost"),
        Group = job.FindInt("group"),
    };

    public static Alternative ReadAlternative(JsonReading alternative) => new()
    {
        Id = alternative.Text("id"),
        Visits = alternative.RequireList("visits", ReadVisit),
        PreferenceCost = alternative.Long("preferenceCost", 0),
        Level = alternative.Int("level"),
        Skills = alternative.Ints("skills"),
        AllowedVehicles = alternative.FindInts("allowedVehicles"),
        ForbiddenVehicles = alternative.Ints("forbiddenVehicles"),
        GoodsClass = alternative.Int("goodsClass"),
        ReleaseTime = alternative.Int("releaseTime"),
        MaxRideSeconds = alternative.FindInt("maxRideSeconds"),
    };

    private static Visit ReadVisit(JsonReading visit) => new()
    {
        Place = visit.RequireInt("place"),
        Windows = visit.List("windows", ProblemJson.ReadWindow),
        IsWindowOnStopArrival = visit.Bool("isWindowOnStopArrival"),
        SetupSeconds = visit.Int("setupSeconds"),
        HandlingSeconds = visit.Int("handlingSeconds"),
        DueTime = visit.FindInt("dueTime"),
        CostPerLateSecond = visit.Long("costPerLateSecond", 0),
        Delivery = visit.Longs("delivery"),
        Pickup = visit.Longs("pickup"),
        Uses = visit.List("uses", ProblemJson.ReadUse),
        Zone = visit.FindInt("zone"),
    };
}
