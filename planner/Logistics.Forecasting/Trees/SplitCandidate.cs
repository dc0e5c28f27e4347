using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Logistics.Forecasting.Trees;

/// <summary>The best split found for a leaf: which bins of which feature go left.</summary>
internal struct SplitCandidate
{
    public double Gain;
    public int Feature;
    public BinSet LeftBins;
    public Vector128<double> LeftSum;

    public readonly bool GoesLeft(int bin) => ((LeftBins[bin >> 6] >> (bin & 63)) & 1) != 0;
}

/// <summary>A set of bins as 256 bits.</summary>
[InlineArray(Tree.SetWords)]
internal struct BinSet
{
    private ulong _word;
}
