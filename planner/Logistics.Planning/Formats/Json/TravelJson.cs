using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Json;

/// <summary>Travel profiles: <c>matrix</c> (metres and seconds, −1 = unreachable, as rows or as the index of a shared matrix; of all places or of those listed) or <c>euclidean</c>.</summary>
internal static class TravelJson
{
    /// <remarks>Sizes and cells are for the validator to judge, so that they are told together with everything else.</remarks>
    /// <param name="placeCount">Places of the problem; null where they are not known and matrices must be of all.</param>
    public static TravelProfile? Read(JsonReading profile, MatrixReading matrices, int? placeCount)
    {
        string kind = profile.RequireText("kind");
        var bands = profile.Find("bands", b => ReadBands(b, matrices));
        var closures = profile.Find("closures", c => ReadClosures(c, matrices));
        switch (kind)
        {
            case "matrix":
                var distances = matrices.Get(profile, "distances", out int n);
                var durations = profile.Has("durations") ? matrices.Get(profile, "durations", out _) : distances;
                var whole = new MatrixTravel(n, distances, durations) { Bands = bands, Closures = closures };
                return profile.FindInts("places") is { } places ? OfPart(profile, whole, places, placeCount) : whole;
            case "euclidean":
                var (x, y) = (profile.Numbers("x"), profile.Numbers("y"));
                return new EuclideanTravel([.. x], [.. y], profile.Number("scale", 1), profile.Choice("rounding", PlaneRounding.Nearest)) { Bands = bands, Closures = closures };
            default:
                profile.Fail("kind", $"'{kind}' is not one of matrix, euclidean.");
                return null;
        }
    }

    private static PartTravel? OfPart(JsonReading profile, TravelProfile part, List<int> places, int? placeCount)
    {
        if (placeCount is not { } count)
        {
            profile.Fail("places", "cannot be given here: matrices must be of all places.");
            return null;
        }

        int unknown = places.FindIndex(p => p < 0 || p >= count);
        if (unknown >= 0) profile.Fail($"places[{unknown}]", $"{places[unknown]} is not one of the {count} places.");
        else if (places.Distinct().Count() != places.Count) profile.Fail("places", "names a place twice.");
        else if (places.Count != part.PlaceCount) profile.Fail("places", $"has {places.Count} places, distances has {part.PlaceCount} rows.");
        else return new PartTravel(part, places, count);
        return null;
    }

    private static TimeBands ReadBands(JsonReading bands, MatrixReading matrices) => new(
        [.. bands.Ints("fromSeconds")],
        [.. bands.IntRows("factorPermille").Select(row => row.ToArray())],
        bands.Has("legClass") ? Array.ConvertAll(matrices.GetNarrow(bands, "legClass"), c => (byte)Math.Min(c, byte.MaxValue)) : null);

    private static LegClosures ReadClosures(JsonReading closures, MatrixReading matrices) => new(
        matrices.GetNarrow(closures, "setOfLeg"),
        closures.List("sets", set => set.List("closed", i => new ClosedInterval(i.RequireInt("from"), i.RequireInt("until"))).ToArray()),
        closures.Has("detourDistance") ? matrices.Get(closures, "detourDistance", out _) : null,
        closures.Has("detourDuration") ? matrices.Get(closures, "detourDuration", out _) : null);
}
