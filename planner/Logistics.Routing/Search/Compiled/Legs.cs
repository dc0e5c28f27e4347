using System.Runtime.CompilerServices;
using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>One travel profile as the search reads it: distance and the least duration of each leg at any time of day, cached while the matrices are small.</summary>
/// <remarks>
/// A leg from a place to itself is no leg. Place <see cref="Nowhere"/> (an open start or end) is at no distance from anything. Unreachable pairs read
/// <see cref="Blocked"/>, which no window and no limit admits. Immutable after construction.
/// </remarks>
internal sealed class Legs
{
    /// <summary>Stands for an unreachable leg: larger than any legal time, small enough to be added to one.</summary>
    public const int Blocked = (1 << 30) - 1;

    // Above this many places the matrices would not fit the caches; legs are computed on demand instead.
    private const int MaxCachedPlaces = 4_500;

    private readonly int[]? _distances;
    private readonly int[]? _durations;

    // Transposed, so that all legs into one place lie side by side; the same arrays where legs are symmetric.
    private readonly int[]? _distancesInto;
    private readonly int[]? _durationsInto;
    private readonly int _stride;
    private readonly TravelProfile _source;

    // Permille of the base duration in the fastest band.
    private readonly int _leastFactor;

    // Sampled when first asked for; two threads would find the same.
    private int _longestSampled = -1;

    public Legs(TravelProfile source, LegArrays arrays)
    {
        _source = source;
        Raw = RawLegs.Find(source);
        IsTimeDependent = source.IsTimeDependent;
        _leastFactor = source.Bands is { } bands ? Math.Min(1000, bands.FactorPermille.Min(f => f.Min())) : 1000;
        Nowhere = source.PlaceCount;
        _stride = Nowhere + 1;
        HasBlocked = source is not EuclideanTravel;
        // The parts of a large city together have more places than any of them: what looks at the whole is not worth matrices of all.
        if (Nowhere > MaxCachedPlaces || source is PartTravel) return;
        var distances = arrays.Distances(source);
        var durations = source is EuclideanTravel ? distances : arrays.Durations(source, _leastFactor);
        if (durations.Cells.AsSpan().SequenceEqual(distances.Cells)) durations = distances;
        (_distances, _distancesInto) = (distances.Cells, distances.Into);
        (_durations, _durationsInto) = (durations.Cells, durations.Into);
        HasBlocked = distances.HasBlocked || durations.HasBlocked;
    }

    /// <summary>Index of the place that is nowhere.</summary>
    public int Nowhere { get; }

    /// <summary>True when some leg may be unreachable.</summary>
    public bool HasBlocked { get; }

    public TravelProfile Source => _source;

    /// <summary>For driving legs at a given second; null where the profile has no matrix or no time of day.</summary>
    public RawLegs? Raw { get; }

    public bool IsTimeDependent { get; }

    /// <summary>False for places the profile has no legs of.</summary>
    public bool Knows(int place) => _source is not PartTravel part || part.Knows(place);

    /// <summary>Distances and durations, [from × stride + to], and turned, [to × stride + from]; null where legs are computed on demand.</summary>
    public int[]? Distances => _distances;
    public int[]? Durations => _durations;
    public int[]? DistancesInto => _distancesInto;
    public int[]? DurationsInto => _durationsInto;

    /// <summary>Places and <see cref="Nowhere"/>.</summary>
    public int Stride => _stride;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Distance(int from, int to) => _distances is { } cached ? cached[(from * _stride) + to] : FindDistance(from, to);

    /// <summary><see cref="Distance"/>, cheap for many <paramref name="from"/> and one <paramref name="to"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int DistanceInto(int to, int from) => _distancesInto is { } cached ? cached[(to * _stride) + from] : FindDistance(from, to);

    /// <summary><see cref="Duration"/>, cheap for many <paramref name="from"/> and one <paramref name="to"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int DurationInto(int to, int from) => _durationsInto is { } cached ? cached[(to * _stride) + from] : FindDuration(from, to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Duration(int from, int to) => _durations is { } cached ? cached[(from * _stride) + to] : FindDuration(from, to);

    public bool IsBlocked(int from, int to) => Distance(from, to) == Blocked || Duration(from, to) == Blocked;

    /// <summary>An upper bound of all legs: exact for matrices, the diagonal of the plane otherwise; unlimited when neither is known.</summary>
    public long FindLongest()
    {
        if (_distances is not null) return Math.Max(_distances.Max(), _durations!.Max());
        if (_source is not EuclideanTravel plane) return CompiledProblem.Unlimited;
        double width = plane.X.Max() - plane.X.Min(), height = plane.Y.Max() - plane.Y.Min();
        return (long)Math.Min(CompiledProblem.Unlimited, (plane.Scale * Math.Sqrt((width * width) + (height * height))) + 1);
    }

    /// <summary>The longest of some two hundred rows, in metres or seconds: for bounds that are generous anyway.</summary>
    public int LongestSampled => _longestSampled >= 0 ? _longestSampled : _longestSampled = SampleLongest();

    /// <summary>Metres of a leg at the time of day when they are fewest, or <see cref="Blocked"/>.</summary>
    public static int ShortestDistance(TravelProfile source, int from, int to)
    {
        int distance = source.Distance(from, to);
        if (source.Closures is { DetourDistance: { } detours } && distance == TravelProfile.Unreachable) distance = FindDetour(source, detours, from, to);
        return Math.Min(distance, Blocked);
    }

    /// <summary>Seconds of a leg at the time of day when they are fewest, or <see cref="Blocked"/>.</summary>
    public static int LeastDuration(TravelProfile source, int from, int to, int leastFactor)
    {
        int duration = source.Duration(from, to), leg = source.LegIndex(from, to);
        if (leg >= 0 && source.Closures is { DetourDuration: { } detours } closures && closures.SetOfLeg[leg] > 0) duration = Math.Min(duration, detours[leg]);
        return duration >= Blocked ? Blocked : (int)((long)duration * leastFactor / 1000);
    }

    /// <summary>A matrix with rows and columns exchanged; the same one when it is symmetric.</summary>
    public int[] Transpose(int[] cells) => LegArrays.Transpose(cells, _stride);

    private int SampleLongest()
    {
        int longest = 0, step = Math.Max(1, Nowhere / 200);
        for (int i = 0; i < Nowhere; i += step)
        {
            for (int j = 0; j < Nowhere; j++)
            {
                int longer = Math.Max(Distance(i, j), Duration(i, j));
                if (longer < Blocked) longest = Math.Max(longest, longer);
            }
        }

        return longest;
    }

    private static int FindDetour(TravelProfile source, int[] detours, int from, int to) => source.LegIndex(from, to) is >= 0 and var leg ? detours[leg] : TravelProfile.Unreachable;

    private int FindDistance(int from, int to) => from == to || from == Nowhere || to == Nowhere ? 0 : ShortestDistance(_source, from, to);

    private int FindDuration(int from, int to) => from == to || from == Nowhere || to == Nowhere ? 0 : LeastDuration(_source, from, to, _leastFactor);
}
