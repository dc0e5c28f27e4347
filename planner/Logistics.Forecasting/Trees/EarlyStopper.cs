namespace Logistics.Forecasting.Trees;

/// <summary>Follows the validation loss and says when more trees no longer help.</summary>
internal sealed class EarlyStopper
{
    private readonly BoostingSet _validation;
    private readonly BoostingOptions _options;
    private readonly double[] _scores;
    private double _bestLoss;
    private int _count;

    public EarlyStopper(BoostingSet validation, BoostingOptions options, double start)
    {
        _validation = validation;
        _options = options;
        _scores = new double[validation.Table.Rows];
        Array.Fill(_scores, start);
        _bestLoss = double.PositiveInfinity;
    }

    /// <summary>Number of trees at the best validation loss.</summary>
    public int BestCount { get; private set; }

    public bool ShouldStop(Tree tree)
    {
        _count++;
        for (var row = 0; row < _scores.Length; row++) _scores[row] += tree.LeafValues[tree.FindLeaf(_validation.Table, row)];
        var loss = BoostingObjective.Loss(_options, _validation.Targets, _validation.Weights, _scores);
        if (loss < _bestLoss) (_bestLoss, BestCount) = (loss, _count);
        return _options.EarlyStoppingRounds > 0 && _count - BestCount >= _options.EarlyStoppingRounds;
    }
}
