using System.Runtime.CompilerServices;

namespace Logistics.Routing.Search.Classic;

/// <summary>Overlooks positions at random, with a draw for each position overlooked instead of one for each looked at.</summary>
/// <remarks>"Blinks" of Christiaens and Vanden Berghe (2020), §4.2; the number of positions between two is geometric.</remarks>
internal struct Blinker(double rate, Rng rng)
{
    private int _left = Draw(rate, rng);

    /// <summary>True when this position is overlooked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Blinks()
    {
        if (--_left >= 0) return false;
        _left = Draw(rate, rng);
        return true;
    }

    private static int Draw(double rate, Rng rng) => (int)Math.Min(1e9, Math.Log(1 - rng.Unit()) / Math.Log(1 - rate));
}
