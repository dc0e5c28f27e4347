using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Matrices of the right size with sane cells, and sound time rules.</summary>
internal static class TravelValidation
{
    public static void Validate(TravelProfile profile, ErrorList errors)
    {
        int places = errors.Problem.Places.Count;
        if (profile.PlaceCount != places) errors.Add("placeCount", profile.PlaceCount, $"must be {places}, the number of places");
        if (profile is PartTravel part) profile = part.Part;
        long cells = (long)profile.PlaceCount * profile.PlaceCount;
        if (profile is MatrixTravel matrix)
        {
            ValidateMatrix("distances", matrix.Distances, profile.PlaceCount, errors);
            ValidateMatrix("durations", matrix.Durations, profile.PlaceCount, errors);
        }
        else if (profile is EuclideanTravel plane)
        {
            ValidatePlane(plane, errors);
        }

        if (profile.Bands is { } bands) ValidateBands(bands, cells, errors);
        if (profile.Closures is { } closures) ValidateClosures(closures, profile.PlaceCount, errors);
    }

    private static void ValidateMatrix(string field, int[] matrix, int n, ErrorList errors, bool hasFreeDiagonal = true)
    {
        if (matrix.Length != (long)n * n)
        {
            errors.Add(field, matrix.Length, $"must have {(long)n * n} cells ({n} × {n})");
            return;
        }

        for (int i = 0; i < matrix.Length; i++)
        {
            if (matrix[i] is < 0 or (> TimeWindow.Horizon and not TravelProfile.Unreachable)) errors.Add($"{field}[{i / n}][{i % n}]", matrix[i], "must be in [0, 2^30], or unreachable");
            else if (hasFreeDiagonal && i / n == i % n && matrix[i] != 0) errors.Add($"{field}[{i / n}][{i % n}]", matrix[i], "must be 0: a place is no way from itself");
        }
    }

    private static void ValidatePlane(EuclideanTravel plane, ErrorList errors)
    {
        if (plane.X.Length != plane.Y.Length) errors.Add("y", plane.Y.Length, $"must have {plane.X.Length} coordinates, as x has");
        if (!(plane.Scale > 0)) errors.Add("scale", plane.Scale, "must be > 0");
        if (plane.X.Length == 0 || plane.X.Length != plane.Y.Length) return;
        for (int i = 0; i < plane.X.Length; i++)
            if (!double.IsFinite(plane.X[i]) || !double.IsFinite(plane.Y[i])) errors.Add($"coordinates[{i}]", $"({plane.X[i]}, {plane.Y[i]})", "must be finite");
        double longest = LongestLeg(plane);
        if (longest > TimeWindow.Horizon) errors.Add("scale", plane.Scale, $"makes legs of {longest}, the most is 2^30");
    }

    /// <summary>Upper bound: the scaled diagonal of the bounding box.</summary>
    public static double LongestLeg(EuclideanTravel plane)
    {
        double width = plane.X.Max() - plane.X.Min(), height = plane.Y.Max() - plane.Y.Min();
        return Math.Ceiling(plane.Scale * Math.Sqrt((width * width) + (height * height)));
    }

    private static void ValidateBands(TimeBands bands, long cells, ErrorList errors)
    {
        for (int b = 1; b < bands.FromSeconds.Length; b++)
            if (bands.FromSeconds[b] <= bands.FromSeconds[b - 1]) errors.Add($"bands.fromSeconds[{b}]", bands.FromSeconds[b], "must be later than the one before");
        if (bands.FactorPermille.Length == 0) errors.Add("bands.factorPermille", "[]", "must have at least one leg class");
        for (int c = 0; c < bands.FactorPermille.Length; c++)
        {
            if (bands.FactorPermille[c].Length != bands.FromSeconds.Length + 1)
                errors.Add($"bands.factorPermille[{c}]", bands.FactorPermille[c].Length, $"must have {bands.FromSeconds.Length + 1} factors, one a band");
            for (int b = 0; b < bands.FactorPermille[c].Length; b++)
                if (bands.FactorPermille[c][b] is < 100 or > 10_000) errors.Add($"bands.factorPermille[{c}][{b}]", bands.FactorPermille[c][b], "must be in [100, 10000]");
        }

        if (bands.LegClass is not { } classes) return;
        if (classes.Length != cells) errors.Add("bands.legClass", classes.Length, $"must have {cells} cells");
        if (Array.Find(classes, c => c >= bands.FactorPermille.Length) is var unknown and not 0) errors.Add("bands.legClass", unknown, $"is not an index of factorPermille, which has {bands.FactorPermille.Length}");
    }

    private static void ValidateClosures(LegClosures closures, int n, ErrorList errors)
    {
        if (closures.SetOfLeg.Length != (long)n * n) errors.Add("closures.setOfLeg", closures.SetOfLeg.Length, $"must have {(long)n * n} cells");
        if (Array.Find(closures.SetOfLeg, s => s > closures.Sets.Count) is var unknown and not 0) errors.Add("closures.setOfLeg", unknown, $"must be 0 or one of the {closures.Sets.Count} sets");
        for (int s = 0; s < closures.Sets.Count; s++)
        {
            for (int i = 0; i < closures.Sets[s].Length; i++)
            {
                var closed = closures.Sets[s][i];
                if (closed.From >= closed.Until) errors.Add($"closures.sets[{s}][{i}]", $"[{closed.From}, {closed.Until})", "must end after it begins");
                if (i > 0 && closed.From < closures.Sets[s][i - 1].Until) errors.Add($"closures.sets[{s}][{i}]", $"[{closed.From}, {closed.Until})", "must not begin before the interval before it ends");
            }
        }

        if ((closures.DetourDistance is null) != (closures.DetourDuration is null)) errors.Add("closures.detours", "one matrix", "must be both distances and durations, or neither");
        if (closures.DetourDistance is { } distances) ValidateMatrix("closures.detourDistance", distances, n, errors, hasFreeDiagonal: false);
        if (closures.DetourDuration is { } durations) ValidateMatrix("closures.detourDuration", durations, n, errors, hasFreeDiagonal: false);
    }
}
