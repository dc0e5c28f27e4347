namespace Logistics.Forecasting.Trees;

/// <summary>Draws the rows and features each tree may see.</summary>
internal sealed class BoostingSampler
{
    private readonly BoostingOptions _options;
    private readonly SeededRandom _random;
    private readonly int[] _rows;
    private readonly int[] _leftOut;
    private readonly int[] _features;
    private readonly int _featureCount;
    private int _rowCount;

    public BoostingSampler(int rows, int width, BoostingOptions options, SeededRandom random)
    {
        _options = options;
        _random = random;
        _rows = [.. Enumerable.Range(0, rows)];
        _leftOut = new int[options.RowFraction < 1 ? rows : 0];
        _features = [.. Enumerable.Range(0, width)];
        _featureCount = Math.Max(1, (int)Math.Ceiling(width * options.FeatureFraction));
        _rowCount = rows;
    }

    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _rowCount);

    public ReadOnlySpan<int> RowsLeftOut => _leftOut.AsSpan(0, _leftOut.Length == 0 ? 0 : _rows.Length - _rowCount);

    public ReadOnlySpan<int> Features => _features.AsSpan(0, _featureCount);

    public void Draw()
    {
        if (_options.RowFraction < 1)
        {
            _rowCount = 0;
            var leftOut = 0;
            for (var row = 0; row < _rows.Length; row++)
            {
                // The last row is kept if nothing else was, so that a tree always has data.
                if (_random.NextDouble() < _options.RowFraction || (row == _rows.Length - 1 && _rowCount == 0)) _rows[_rowCount++] = row;
                else _leftOut[leftOut++] = row;
            }
        }

        if (_featureCount < _features.Length)
        {
            for (var i = 0; i < _featureCount; i++)
            {
                var j = i + _random.Next(_features.Length - i);
                (_features[i], _features[j]) = (_features[j], _features[i]);
            }
        }
    }
}
