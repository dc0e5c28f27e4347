using System.Runtime.CompilerServices;
using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>The arrays of a matrix whose legs depend on the time, for driving most legs without asking the profile: those that are never closed and end in the band they begin in.</summary>
/// <remarks>Immutable; refers to the profile's own arrays.</remarks>
internal sealed class RawLegs
{
    private readonly int _stride;
    private readonly byte[]? _classOf;
    private readonly ushort[]? _setOf;

    // Where bands begin and what they do, [class × bands + band]; one band where durations never change.
    private readonly int[] _borders;
    private readonly int[] _factors;

    private RawLegs(MatrixTravel travel)
    {
        (_stride, Distances, Durations) = (travel.PlaceCount, travel.Distances, travel.Durations);
        (_classOf, _setOf) = (travel.Bands?.LegClass, travel.Closures?.SetOfLeg);
        _borders = travel.Bands?.FromSeconds ?? [];
        _factors = travel.Bands is { } bands ? [.. bands.FactorPermille.SelectMany(f => f)] : [1000];
    }

    public int[] Distances { get; }
    public int[] Durations { get; }

    /// <summary>The arrays of a profile; null where it has none or its legs do not depend on the time.</summary>
    public static RawLegs? Find(TravelProfile source) =>
        source is MatrixTravel { IsTimeDependent: true } matrix ? new RawLegs(matrix) : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CellOf(int from, int to) => (from * _stride) + to;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayBeClosed(int cell) => _setOf is not null && _setOf[cell] > 0;

    /// <summary>When a leg that leaves at <paramref name="leave"/> arrives, or −1 where it meets the border of a band. Equals <see cref="State.DrivenLeg.Arrive"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Arrive(int cell, int leave, int duration)
    {
        var borders = _borders;
        int band = 0;
        while (band < borders.Length && borders[band] <= leave) band++;
        int factor = _factors[((_classOf is null ? 0 : _classOf[cell]) * (borders.Length + 1)) + band];
        long arrival = leave + ((((long)duration * factor) + 999) / 1000);
        return band == borders.Length || arrival <= borders[band] ? arrival : -1;
    }

    /// <summary>The latest second to leave and arrive by <paramref name="until"/>, or −1 where there is none or the leg meets the border of a band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LastLeave(int cell, int until, int duration)
    {
        var borders = _borders;
        int band = 0;
        while (band < borders.Length && borders[band] < until) band++;
        int factor = _factors[((_classOf is null ? 0 : _classOf[cell]) * (borders.Length + 1)) + band];
        long leave = until - ((((long)duration * factor) + 999) / 1000);
        return leave >= 0 && (band == 0 || leave >= borders[band - 1]) ? (int)leave : -1;
    }
}
