using System.Runtime.CompilerServices;
using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>One number for each leg with a stride of places + 1, and the same turned round so that all legs into one place lie side by side.</summary>
/// <param name="Into">The same array as <paramref name="Cells"/> where legs are symmetric.</param>
/// <param name="HasBlocked">Some leg reads <see cref="Legs.Blocked"/>.</param>
internal sealed record LegArray(int[] Cells, int[] Into, bool HasBlocked);

/// <summary>Makes leg arrays, once for all profiles with the same matrices and closures: a fleet has many access regimes and few roads.</summary>
/// <remarks>Used while a problem is compiled; not thread-safe. Its loops run once: they are compiled with full optimisation at once, because tiering would come too late.</remarks>
internal sealed class LegArrays
{
    private readonly Dictionary<(int[] Matrix, ushort[]? SetOfLeg, int[]? Detours, int Factor), LegArray> _known = [];
    private readonly Dictionary<int[], bool> _hasUnreachable = [];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LegArray Distances(TravelProfile source)
    {
        if (source is not MatrixTravel matrix) return Make(source.PlaceCount, (from, to) => Legs.ShortestDistance(source, from, to));
        // Ways round matter to metres only where there is no way through.
        var detours = HasUnreachable(matrix.Distances) ? source.Closures?.DetourDistance : null;
        if (_known.TryGetValue((matrix.Distances, null, detours, 0), out var known)) return known;
        int n = matrix.PlaceCount;
        var cells = new int[(n + 1) * (n + 1)];
        for (int i = 0; i < n; i++)
        {
            var row = matrix.Distances.AsSpan(i * n, n);
            var target = cells.AsSpan(i * (n + 1), n);
            for (int j = 0; j < row.Length; j++)
            {
                int metres = row[j];
                if (metres == TravelProfile.Unreachable && detours is not null) metres = detours[(i * n) + j];
                target[j] = Math.Min(metres, Legs.Blocked);
            }

            target[i] = 0;
        }

        return _known[(matrix.Distances, null, detours, 0)] = Finish(n, cells);
    }

    /// <param name="leastFactor">Permille of the base duration in the fastest band.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LegArray Durations(TravelProfile source, int leastFactor)
    {
        if (source is not MatrixTravel matrix) return Make(source.PlaceCount, (from, to) => Legs.LeastDuration(source, from, to, leastFactor));
        var closures = source.Closures is { DetourDuration: not null } c ? c : null;
        var key = (matrix.Durations, closures?.SetOfLeg, closures?.DetourDuration, leastFactor);
        if (_known.TryGetValue(key, out var known)) return known;
        int n = matrix.PlaceCount;
        var cells = new int[(n + 1) * (n + 1)];
        for (int i = 0; i < n; i++)
        {
            var row = matrix.Durations.AsSpan(i * n, n);
            var target = cells.AsSpan(i * (n + 1), n);
            for (int j = 0; j < row.Length; j++)
            {
                int seconds = row[j];
                if (closures is not null && closures.SetOfLeg[(i * n) + j] > 0) seconds = Math.Min(seconds, closures.DetourDuration![(i * n) + j]);
                target[j] = seconds >= Legs.Blocked ? Legs.Blocked : (int)((long)seconds * leastFactor / 1000);
            }

            target[i] = 0;
        }

        return _known[key] = Finish(n, cells);
    }

    private bool HasUnreachable(int[] matrix)
    {
        if (!_hasUnreachable.TryGetValue(matrix, out bool has)) _hasUnreachable[matrix] = has = matrix.AsSpan().Contains(TravelProfile.Unreachable);
        return has;
    }

    private static LegArray Make(int n, Func<int, int, int> leg)
    {
        var cells = new int[(n + 1) * (n + 1)];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                if (i != j) cells[(i * (n + 1)) + j] = leg(i, j);
        }

        return Finish(n, cells);
    }

    private static LegArray Finish(int n, int[] cells) => new(cells, Transpose(cells, n + 1), cells.AsSpan().Contains(Legs.Blocked));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Transpose(int[] cells, int stride)
    {
        const int block = 32;
        var turned = new int[cells.Length];
        for (int top = 0; top < stride; top += block)
        {
            for (int left = 0; left < stride; left += block)
            {
                for (int i = top; i < Math.Min(top + block, stride); i++)
                {
                    for (int j = left; j < Math.Min(left + block, stride); j++) turned[(j * stride) + i] = cells[(i * stride) + j];
                }
            }
        }

        return turned.AsSpan().SequenceEqual(cells) ? cells : turned;
    }
}
