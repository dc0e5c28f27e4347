using System.Diagnostics.CodeAnalysis;

namespace Logistics.Planning.Access;

/// <summary>Hands out one array for all that hold the same numbers: regimes that close the same legs at other hours go round them alike.</summary>
/// <remarks>Not thread-safe. Different arrays differ early, so that comparing costs little.</remarks>
internal sealed class SharedArrays
{
    private readonly List<Array> _known = [];

    [return: NotNullIfNotNull(nameof(array))]
    public T[]? Of<T>(T[]? array)
        where T : unmanaged, IEquatable<T>
    {
        if (array is null) return null;
        foreach (var known in _known)
            if (known is T[] same && same.AsSpan().SequenceEqual(array)) return same;
        _known.Add(array);
        return array;
    }
}
