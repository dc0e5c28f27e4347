namespace Logistics.Routing.Search.Compiled;

/// <summary>Places ranged by distance into rings, nearest first, in any order within a ring: O(n) where sorting takes O(n log n).</summary>
/// <remarks>A ring is a sixteenth of the mean distance wide; all that is four times as far lies in the last.</remarks>
internal sealed class DistanceRings(int places)
{
    public const int Count = 64;
    private const double RingsPerMean = 16;

    private readonly int[] _order = new int[places];
    private readonly byte[] _ringOf = new byte[places];
    private readonly int[] _first = new int[Count + 1];
    private double _width;

    /// <summary>Ranges all places anew.</summary>
    /// <param name="lengths">Distance of each place; those that read <see cref="Legs.Blocked"/> or more do not count for the mean.</param>
    public void Range(ReadOnlySpan<double> lengths)
    {
        double sum = 0;
        int known = 0;
        foreach (double length in lengths)
        {
            if (length >= Legs.Blocked) continue;
            sum += length;
            known++;
        }

        _width = Math.Max(1, sum / Math.Max(1, known) / RingsPerMean);
        Array.Clear(_first);
        for (int p = 0; p < lengths.Length; p++)
        {
            _ringOf[p] = (byte)Math.Min(Count - 1, lengths[p] / _width);
            _first[_ringOf[p] + 1]++;
        }

        for (int ring = 0; ring < Count; ring++) _first[ring + 1] += _first[ring];
        Span<int> next = stackalloc int[Count];
        _first.AsSpan(0, Count).CopyTo(next);
        for (int p = 0; p < lengths.Length; p++) _order[next[_ringOf[p]]++] = p;
    }

    /// <summary>No place of a ring or behind it is nearer.</summary>
    public double From(int ring) => ring * _width * (1 - 1e-9);

    public ReadOnlySpan<int> In(int ring) => _order.AsSpan(_first[ring], _first[ring + 1] - _first[ring]);
}
