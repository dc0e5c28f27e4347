namespace Logistics.Forecasting.Trees;

/// <summary>Scores rows without walking trees: a vector of trees at a time, one AND per feature.</summary>
/// <remarks>
/// In the spirit of QuickScorer (Lucchese et al. 2015). For feature f in bin b, a tree's mask holds a bit for every leaf still possible when all of
/// the tree's tests on f are answered by b. The AND over the features leaves one bit: the leaf. Sixteen trees' 16-bit masks, or eight trees' 32-bit
/// masks, fill a 256-bit vector. Bins that a block's trees cannot tell apart share a mask, so a block's table stays in the first-level cache while a
/// chunk of rows passes. Immutable and thread-safe; no allocation.
/// </remarks>
internal sealed class TreeScorer
{
    private const int NarrowLeaves = 16;
    private const int NarrowTrees = 16;
    private const int WideTrees = 8;
    private const int ChunkBytes = 16 * 1024;
    private const int MaxChunkRows = 256;

    private readonly FeatureBinner[] _binners;
    private readonly TreeBlock<ushort>[] _narrow = [];
    private readonly TreeBlock<uint>[] _wide = [];

    public TreeScorer(FeatureBinner[] binners, Tree[] trees)
    {
        _binners = binners;
        if (Array.TrueForAll(trees, t => t.LeafCount <= NarrowLeaves))
            _narrow = [.. trees.Chunk(NarrowTrees).Select(block => new TreeBlock<ushort>(binners, block))];
        else
            _wide = [.. trees.Chunk(WideTrees).Select(block => new TreeBlock<uint>(binners, block))];
    }

    /// <summary>Writes the sum of all trees for each row.</summary>
    public void Score(ReadOnlySpan<float> rows, Span<double> sums)
    {
        var width = _binners.Length;
        var chunkRows = Math.Clamp(ChunkBytes / Math.Max(width, 1), 1, MaxChunkRows);
        Span<byte> bins = stackalloc byte[chunkRows * width];
        for (var first = 0; first < sums.Length; first += chunkRows)
        {
            var count = Math.Min(chunkRows, sums.Length - first);
            var values = rows.Slice(first * width, count * width);
            for (var f = 0; f < width; f++)
            {
                var binner = _binners[f];
                for (var i = f; i < values.Length; i += width) bins[i] = binner.Bin(values[i]);
            }

            var chunk = sums.Slice(first, count);
            chunk.Clear();
            foreach (var block in _narrow) block.AddTo(bins, width, chunk);
            foreach (var block in _wide) block.AddTo(bins, width, chunk);
        }
    }
}
