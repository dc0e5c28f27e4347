using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Logistics.Forecasting.Networks;

/// <summary>The one matrix product networks need, with sums kept in registers.</summary>
internal static class Matrix
{
    /// <summary>Widths of right-hand matrices are multiples of this.</summary>
    public const int Lane = 8;

    private const int RowsAtOnce = 4;

    /// <summary>c = a · b, with c m × n and b k × n row-major.</summary>
    /// <param name="rowStep">Distance of a's rows: element (i, j) of a is at <c>i · rowStep + j · columnStep</c>, so that a may be read transposed.</param>
    /// <param name="n">A multiple of <see cref="Lane"/>.</param>
    /// <remarks>Every sum runs over k in order, so results do not depend on the vector width. About 10 G multiply-adds a second; nothing is allocated.</remarks>
    public static void Multiply(ReadOnlySpan<float> a, int rowStep, int columnStep, ReadOnlySpan<float> b, Span<float> c, int m, int k, int n)
    {
        if (n % Lane != 0) throw new ArgumentOutOfRangeException(nameof(n), n, $"The width must be a multiple of {Lane}.");
        // Unchecked loads below stay inside these bounds.
        if (m == 0 || k == 0) return;
        _ = a[(m - 1) * rowStep + (k - 1) * columnStep];
        _ = b[k * n - 1];
        _ = c[m * n - 1];
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        ref var target = ref MemoryMarshal.GetReference(c);
        for (var column = 0; column < n; column += Lane)
        {
            var row = 0;
            for (; row + RowsAtOnce <= m; row += RowsAtOnce) Four(ref left, rowStep, columnStep, ref right, ref target, row, column, k, n);
            for (; row < m; row++) One(ref left, rowStep, columnStep, ref right, ref target, row, column, k, n);
        }
    }

    private static void Four(ref float a, int rowStep, int columnStep, ref float b, ref float c, int row, int column, int k, int n)
    {
        var (s0, s1, s2, s3) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        ref var r0 = ref Unsafe.Add(ref a, row * rowStep);
        ref var r1 = ref Unsafe.Add(ref r0, rowStep);
        ref var r2 = ref Unsafe.Add(ref r1, rowStep);
        ref var r3 = ref Unsafe.Add(ref r2, rowStep);
        for (int i = 0, at = 0, from = column; i < k; i++, at += columnStep, from += n)
        {
            var right = Vector256.LoadUnsafe(ref b, (nuint)from);
            s0 = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref r0, at)), right, s0);
            s1 = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref r1, at)), right, s1);
            s2 = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref r2, at)), right, s2);
            s3 = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref r3, at)), right, s3);
        }

        var to = (nuint)(row * n + column);
        s0.StoreUnsafe(ref c, to);
        s1.StoreUnsafe(ref c, to + (nuint)n);
        s2.StoreUnsafe(ref c, to + (nuint)(2 * n));
        s3.StoreUnsafe(ref c, to + (nuint)(3 * n));
    }

    private static void One(ref float a, int rowStep, int columnStep, ref float b, ref float c, int row, int column, int k, int n)
    {
        var sum = Vector256<float>.Zero;
        ref var left = ref Unsafe.Add(ref a, row * rowStep);
        for (int i = 0, at = 0, from = column; i < k; i++, at += columnStep, from += n)
            sum = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref left, at)), Vector256.LoadUnsafe(ref b, (nuint)from), sum);
        sum.StoreUnsafe(ref c, (nuint)(row * n + column));
    }
}
