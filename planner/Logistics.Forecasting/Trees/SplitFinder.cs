using System.Runtime.Intrinsics;

namespace Logistics.Forecasting.Trees;

/// <summary>Finds the split of a leaf that reduces the loss most, from its histogram.</summary>
/// <remarks>
/// Numbers: every threshold, with the missing bin on either side. Classes: bins sorted by gradient ÷ hessian, then prefixes
/// (Fisher 1958), with extra smoothing because a rare class looks extreme by chance. Not thread-safe.
/// </remarks>
internal sealed class SplitFinder(IReadOnlyList<FeatureBinner> binners, int[] binOffsets, BoostingOptions options)
{
    private const double ClassSmoothing = 10;
    private const double ClassL2 = 10;

    private readonly FeatureBinner[] _binners = [.. binners];
    private readonly int[] _order = new int[256];
    private readonly double[] _keys = new double[256];

    public SplitCandidate Find(Vector128<double>[] histogram, Vector128<double> sum, int rows, ReadOnlySpan<int> features)
    {
        var best = default(SplitCandidate);
        if (rows < 2 * options.MinLeafRows || sum[1] <= 0) return best;
        // Rows in a cell are not counted; hessian stands in for them, as in LightGBM.
        var minHessian = options.MinLeafRows * sum[1] / rows;
        foreach (var feature in features)
        {
            var binner = _binners[feature];
            var cells = histogram.AsSpan(binOffsets[feature], binner.BinCount);
            if (binner.IsCategorical)
                FindClasses(cells, feature, sum, minHessian, ref best);
            else
                FindThreshold(cells, feature, sum, minHessian, ref best);
        }

        return best;
    }

    private void FindThreshold(ReadOnlySpan<Vector128<double>> cells, int feature, Vector128<double> sum, double minHessian, ref SplitCandidate best)
    {
        var hasMissing = cells[0][1] > 0;
        var baseline = sum[0] * sum[0] / (sum[1] + options.L2);
        for (var missingLeft = hasMissing ? 0 : 1; missingLeft < 2; missingLeft++)
        {
            var left = missingLeft == 1 ? cells[0] : Vector128<double>.Zero;
            var bestGain = best.Gain;
            var bestBin = -1;
            var bestLeft = left;
            for (var bin = 1; bin < cells.Length - 1; bin++)
            {
                left += cells[bin];
                var leftHessian = left[1];
                if (leftHessian < minHessian) continue;
                var right = sum - left;
                var rightHessian = right[1];
                if (rightHessian < minHessian) break;
                var gain = left[0] * left[0] / (leftHessian + options.L2) + right[0] * right[0] / (rightHessian + options.L2) - baseline;
                if (gain <= bestGain) continue;
                (bestGain, bestBin, bestLeft) = (gain, bin, left);
            }

            // "Present" against "missing" is a question of its own.
            if (hasMissing && missingLeft == 1 && cells[0][1] >= minHessian && sum[1] - cells[0][1] >= minHessian)
            {
                var right = sum - cells[0];
                var gain = cells[0][0] * cells[0][0] / (cells[0][1] + options.L2) + right[0] * right[0] / (right[1] + options.L2) - baseline;
                if (gain > bestGain) (bestGain, bestBin, bestLeft) = (gain, 0, cells[0]);
            }

            if (bestBin < 0) continue;
            best = new SplitCandidate { Gain = bestGain, Feature = feature, LeftSum = bestLeft };
            for (var bin = 1; bin <= bestBin; bin++) Set(ref best, bin);
            if (missingLeft == 1) Set(ref best, 0);
        }
    }

    private void FindClasses(ReadOnlySpan<Vector128<double>> cells, int feature, Vector128<double> sum, double minHessian, ref SplitCandidate best)
    {
        var used = 0;
        for (var bin = 0; bin < cells.Length; bin++)
        {
            if (cells[bin][1] <= 0) continue;
            _order[used] = bin;
            _keys[used++] = cells[bin][0] / (cells[bin][1] + ClassSmoothing);
        }

        Array.Sort(_keys, _order, 0, used);
        var l2 = options.L2 + ClassL2;
        var baseline = sum[0] * sum[0] / (sum[1] + options.L2);
        var left = Vector128<double>.Zero;
        var bestGain = best.Gain;
        var bestPrefix = -1;
        var bestLeft = left;
        for (var i = 0; i + 1 < used; i++)
        {
            left += cells[_order[i]];
            var right = sum - left;
            if (left[1] < minHessian) continue;
            if (right[1] < minHessian) break;
            var gain = left[0] * left[0] / (left[1] + l2) + right[0] * right[0] / (right[1] + l2) - baseline;
            if (gain <= bestGain) continue;
            (bestGain, bestPrefix, bestLeft) = (gain, i, left);
        }

        if (bestPrefix < 0) return;
        best = new SplitCandidate { Gain = bestGain, Feature = feature, LeftSum = bestLeft };
        for (var i = 0; i <= bestPrefix; i++) Set(ref best, _order[i]);
    }

    private static void Set(ref SplitCandidate split, int bin) => split.LeftBins[bin >> 6] |= 1UL << (bin & 63);
}
