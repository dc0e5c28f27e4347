namespace Logistics.Routing.Model;

/// <summary>Travel between places for one kind of vehicle: distance, duration, and optionally how both depend on the time of day.</summary>
/// <remarks>Immutable and safe for concurrent use. Asymmetric. <see cref="Unreachable"/> marks pairs that are never used.</remarks>
public abstract class TravelProfile
{
    /// <summary>Distance or duration of a pair that cannot be travelled.</summary>
    public const int Unreachable = int.MaxValue;

    public abstract int PlaceCount { get; }

    /// <summary>Metres (or the instance's own unit) in [0, 2^30], or <see cref="Unreachable"/>.</summary>
    public abstract int Distance(int from, int to);

    /// <summary>Seconds at base speed in [0, 2^30], or <see cref="Unreachable"/>.</summary>
    public abstract int Duration(int from, int to);

    /// <summary>Congestion by time of day; null when durations never change.</summary>
    public TimeBands? Bands { get; init; }

    /// <summary>Legs that may not be under way at certain times; null when everything is always open.</summary>
    public LegClosures? Closures { get; init; }

    public bool IsTimeDependent => Bands is not null || Closures is not null;

    /// <summary>Where a leg stands in the arrays of <see cref="Bands"/> and <see cref="Closures"/>; −1 for a leg they do not know, which is never travelled.</summary>
    public virtual int LegIndex(int from, int to) => (from * PlaceCount) + to;
}

/// <summary>Row-major matrices, n × n.</summary>
public sealed class MatrixTravel(int placeCount, int[] distances, int[] durations) : TravelProfile
{
    public int[] Distances { get; } = distances;
    public int[] Durations { get; } = durations;
    public override int PlaceCount => placeCount;
    public override int Distance(int from, int to) => Distances[(from * placeCount) + to];
    public override int Duration(int from, int to) => Durations[(from * placeCount) + to];
}

public enum PlaneRounding
{
    /// <summary>⌊scale·d⌋ – DIMACS VRPTW with scale 10.</summary>
    Truncate,

    /// <summary>⌊scale·d + ½⌋ – CVRPLIB with scale 1, Li &amp; Lim with scale 1000.</summary>
    Nearest,

    /// <summary>⌈scale·d⌉ – VRPDO (Tilk) with scale 10.</summary>
    Ceiling,
}

/// <summary>Scaled and rounded Euclidean distances computed on demand; duration = distance. Memory O(n).</summary>
public sealed class EuclideanTravel(double[] x, double[] y, double scale, PlaneRounding rounding) : TravelProfile
{
    public double[] X { get; } = x;
    public double[] Y { get; } = y;
    public double Scale { get; } = scale;
    public PlaneRounding Rounding { get; } = rounding;
    public override int PlaceCount => X.Length;

    public override int Distance(int from, int to)
    {
        double dx = X[from] - X[to], dy = Y[from] - Y[to];
        double d = Scale * Math.Sqrt((dx * dx) + (dy * dy));
        return Rounding switch
        {
            PlaneRounding.Truncate => (int)d,
            PlaneRounding.Nearest => (int)(d + 0.5),
            _ => (int)Math.Ceiling(d),
        };
    }

    public override int Duration(int from, int to) => Distance(from, to);
}

/// <summary>Piecewise constant congestion: in band b a leg takes base duration × factor ÷ 1000 as a whole.</summary>
/// <remarks>
/// A leg that crosses band borders is driven proportionally (Ichoua, Gendreau &amp; Potvin 2003), in integers: progress is counted in parts of 10^9.
/// With D = ⌈base·factor/1000⌉ of the current band, finishing r parts takes ⌈r·D/10^9⌉ s; if that passes the band's end e, r falls by ⌊(e − now)·10^9/D⌋ and the next band begins at e.
/// The last band never ends; the first begins at the beginning of time. First in, first out holds up to rounding.
/// </remarks>
/// <param name="FromSeconds">Band starts after the first band, strictly ascending; length B − 1.</param>
/// <param name="FactorPermille">Factor by leg class and band: [class][band], each in [100, 10 000].</param>
/// <param name="LegClass">Class of each leg, row-major n × n; null = class 0 everywhere.</param>
public sealed record TimeBands(int[] FromSeconds, int[][] FactorPermille, byte[]? LegClass);

/// <summary>Legs closed at certain times (truck bans). A closed leg is waited out at its origin, or gone round by its detour, whichever arrives first (ties: wait).</summary>
/// <remarks>A leg under way in [departure, arrival) may not meet any closed interval of its set. Detours are always open; <see cref="TravelProfile.Unreachable"/> where there is none.</remarks>
/// <param name="SetOfLeg">Closure set of each leg, row-major n × n; 0 = never closed, k = <paramref name="Sets"/>[k − 1].</param>
/// <param name="Sets">Disjoint, ascending, half-open closed intervals.</param>
/// <param name="DetourDistance">Metres round the closed area, row-major; null = no detours.</param>
/// <param name="DetourDuration">Seconds (base speed) round the closed area, row-major; null = no detours.</param>
public sealed record LegClosures(ushort[] SetOfLeg, IReadOnlyList<ClosedInterval[]> Sets, int[]? DetourDistance, int[]? DetourDuration);

/// <summary>Half-open: from ≤ t &lt; until; seconds.</summary>
public readonly record struct ClosedInterval(int From, int Until);
