using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Logistics.Routing.Search.Classic;

/// <summary>Asks the processor for a row of a matrix before it is read here and there: waiting for single cells of a matrix beyond the second cache took a sixth of the time of large problems.</summary>
internal static class CacheFetch
{
    private const int BytesPerLine = 64;

    // Longer rows would drive out more than they bring in; small matrices are near anyway.
    private const int MostCells = 2_048;
    private const int SmallMatrix = 1 << 17;

    /// <summary>The rows of costs from and into a place, which are one where the matrix is symmetric.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchBoth(int[] costs, int[] costsInto, int from, int count)
    {
        Fetch(costs, from, count);
        if (costs != costsInto) Fetch(costsInto, from, count);
    }

    /// <remarks>Unsafe because a prefetch takes an address. It reads nothing and cannot fault, so it is harmless should the array move meanwhile. 300,000 iterations of PR15A: 6.3 → 5.6 CPU s, of PR20A 4.4 → 3.9.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Fetch(int[] matrix, int from, int count)
    {
        if (!Sse.IsSupported || count > MostCells || matrix.Length < SmallMatrix) return;
        ref byte row = ref Unsafe.As<int, byte>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(matrix), from));
        for (int at = 0; at < count * sizeof(int); at += BytesPerLine) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref row, at)));
    }
}
