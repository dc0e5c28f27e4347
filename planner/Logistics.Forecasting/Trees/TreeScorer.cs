namespace Logistics.Forecasting.Trees;

/// <summary>Scores rows without walking trees: eight trees at a time, one AND per feature.</summary>
/// <remarks>
/// In the spirit of QuickScorer (Lucchese et al. 2015). For feature f in bin b, a tree's mask holds a bit for every leaf still possible
/// when all of the tree's tests on f are answered by b. The AND over the features leaves one bit: the leaf. Eight trees' 32-bit masks fill a
/// 256-bit vector. Bins that a block's trees cannot tell apart share a mask, so a block's table stays in the first-level cache while a chunk of rows passes. Immutable and thread-safe; no allocation.
/// </remarks>
internal sealed class TreeScorer
{
    private const int ChunkBytes = 16 * 1024;
    private const int MaxChunkRows = 256;

    private readonly FeatureBinner[] _binners;
    private readonly TreeBlock[] _blocks;

    public TreeScorer(FeatureBinner[] binners, Tree[] trees)
    {
        _binners = binners;
        _blocks = new TreeBlock[(trees.Length + TreeBlock.Size - 1) / TreeBlock.Size];
        for (var i = 0; i < _blocks.Length; i++)
            _blocks[i] = new TreeBlock(binners, trees.AsSpan(i * TreeBlock.Size, Math.Min(TreeBlock.Size, trees.Length - i * TreeBlock.Size)));
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
            foreach (var block in _blocks) block.AddTo(bins, width, chunk);
        }
    }
}
