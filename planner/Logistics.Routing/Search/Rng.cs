using System.Numerics;
using System.Runtime.CompilerServices;

namespace Logistics.Routing.Search;

/// <summary>xoroshiro128++ (Blackman and Vigna 2019): small, fast, the same on every machine. Owned by one thread.</summary>
internal sealed class Rng
{
    private ulong _a;
    private ulong _b;

    public Rng(ulong seed)
    {
        _a = Mix(ref seed);
        _b = Mix(ref seed);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        ulong a = _a, b = _b, result = BitOperations.RotateLeft(a + b, 17) + a;
        b ^= a;
        _a = BitOperations.RotateLeft(a, 49) ^ b ^ (b << 21);
        _b = BitOperations.RotateLeft(b, 28);
        return result;
    }

    /// <summary>Uniform in [0, bound).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Uniform in [0, 1).</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
