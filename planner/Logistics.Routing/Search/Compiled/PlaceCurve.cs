using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>Orders alternatives along a curve through their places, so that what is near on the map is near in memory.</summary>
/// <remarks>
/// An iteration reads the nodes around one place. In the order of the input they lie all over the arrays, and of 100,000 visits nearly every read misses the cache.
/// Hilbert 1891; distance along the curve as in Warren, Hacker's Delight (2002), §14-2.
/// </remarks>
internal static class PlaceCurve
{
    // Fewer fit the cache in any order.
    private const int FewestAlternatives = 5_000;

    // Cells a side: 2^16.
    private const int Bits = 16;

    /// <summary>Alternatives in the order in which their nodes are to be numbered; that of the input where there are few or a place has no coordinates.</summary>
    public static int[] Order(Problem problem, JobTable jobs)
    {
        var order = Enumerable.Range(0, jobs.JobOf.Length).ToArray();
        if (order.Length < FewestAlternatives) return order;
        var places = problem.Places;
        var at = Array.ConvertAll(order, a => places[problem.Jobs[jobs.JobOf[a]].Alternatives[jobs.IndexInJob[a]].Visits[0].Place]);
        if (Array.Exists(at, p => double.IsNaN(p.X) || double.IsNaN(p.Y))) return order;
        double left = at.Min(p => p.X), bottom = at.Min(p => p.Y), span = Math.Max(Math.Max(at.Max(p => p.X) - left, at.Max(p => p.Y) - bottom), 1e-9);
        double scale = ((1 << Bits) - 1) / span;
        var keys = Array.ConvertAll(at, p => FindDistance((uint)((p.X - left) * scale), (uint)((p.Y - bottom) * scale)));
        // Ties in the order of the input, on every machine.
        return [.. order.OrderBy(a => keys[a])];
    }

    private static uint FindDistance(uint x, uint y)
    {
        uint distance = 0;
        for (int bit = Bits - 1; bit >= 0; bit--)
        {
            uint right = (x >> bit) & 1, up = (y >> bit) & 1;
            distance = (distance << 2) | ((3 * right) ^ up);
            if (up != 0) continue;
            // The curve in a lower quarter is mirrored, on the right also turned over.
            if (right != 0) (x, y) = (~x, ~y);
            (x, y) = (y, x);
        }

        return distance;
    }
}
