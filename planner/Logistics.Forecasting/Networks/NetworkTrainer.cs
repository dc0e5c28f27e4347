using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Networks;

/// <summary>Trains a quantile network by Adam on the pinball losses of its three quantiles.</summary>
/// <remarks>Deterministic by seed; single-threaded. Levels are divided out before, so one network learns from series of every size.</remarks>
internal sealed class NetworkTrainer
{
    private const float LargestRatio = 50;
    private const float LargestGradient = 20;
    private const int WarmUp = 100;

    private static readonly float[] Shares = [0.1f, 0.5f, 0.9f];

    private readonly NetworkOptions _options;
    private readonly SeededRandom _random;
    private readonly QuantileNetwork _network;
    private readonly AdamState[] _adam;
    private readonly float[] _input;
    private readonly float[] _first;
    private readonly float[] _second;
    private readonly float[] _output;
    private readonly float[] _mask;
    private readonly float[] _outputGradient;
    private readonly float[] _secondGradient;
    private readonly float[] _firstGradient;
    private readonly float[] _turned;

    private NetworkTrainer(QuantileNetwork network, NetworkOptions options)
    {
        _network = network;
        _options = options;
        _random = new SeededRandom(options.Seed);
        var rows = options.BatchRows;
        _input = new float[rows * network.Inputs.Width];
        _first = new float[rows * QuantileNetwork.Hidden1];
        _mask = new float[rows * QuantileNetwork.Hidden1];
        _firstGradient = new float[rows * QuantileNetwork.Hidden1];
        _second = new float[rows * QuantileNetwork.Hidden2];
        _secondGradient = new float[rows * QuantileNetwork.Hidden2];
        _output = new float[rows * QuantileNetwork.Outputs];
        _outputGradient = new float[rows * QuantileNetwork.Outputs];
        _turned = new float[QuantileNetwork.Hidden1 * QuantileNetwork.Hidden2];
        Fill(network.Weights1, Math.Sqrt(2.0 / network.Inputs.Width));
        Fill(network.Weights2, Math.Sqrt(2.0 / QuantileNetwork.Hidden1));
        Fill(network.Weights3, 0.1 * Math.Sqrt(2.0 / QuantileNetwork.Hidden2));
        (network.Bias3[0], network.Bias3[2]) = (-0.5f, 0.5f);
        // Biases do not shrink: they say where zero is.
        _adam = [.. network.Parameters.Select((p, i) => new AdamState(p, i % 2 == 0 ? options.Decay : 0))];
    }

    /// <param name="targets">Volume ÷ level by row.</param>
    /// <param name="weights">Positive, mean near 1.</param>
    /// <exception cref="OperationCanceledException">Cancelled between two batches.</exception>
    public static QuantileNetwork Train(FeatureTable table, double[] targets, double[] weights, NetworkOptions options, CancellationToken cancellation = default)
    {
        var inputs = NetworkInputs.Fit(table);
        var encoded = new float[(long)table.Rows * inputs.Width];
        for (var row = 0; row < table.Rows; row++) inputs.Encode(table.Row(row), encoded.AsSpan(row * inputs.Width, inputs.Width));
        var network = new QuantileNetwork(inputs);
        new NetworkTrainer(network, options with { BatchRows = Math.Min(options.BatchRows, table.Rows) }).Run(encoded, targets, weights, cancellation);
        return network;
    }

    private void Run(float[] encoded, double[] targets, double[] weights, CancellationToken cancellation)
    {
        var order = Enumerable.Range(0, targets.Length).ToArray();
        var batches = targets.Length / _options.BatchRows;
        var steps = batches * _options.Epochs;
        var step = 0;
        for (var epoch = 0; epoch < _options.Epochs; epoch++)
        {
            Shuffle(order);
            for (var batch = 0; batch < batches; batch++)
            {
                cancellation.ThrowIfCancellationRequested();
                step++;
                var rows = order.AsSpan(batch * _options.BatchRows, _options.BatchRows);
                Forward(encoded, rows);
                LossGradient(targets, weights, rows);
                Backward(rows.Length);
                var rate = _options.LearningRate * (0.5 + 0.5 * Math.Cos(Math.PI * step / steps)) * Math.Min(1, (double)step / Math.Min(WarmUp, steps));
                foreach (var adam in _adam) adam.Step(step, rate);
            }
        }
    }

    private void Forward(float[] encoded, ReadOnlySpan<int> rows)
    {
        var width = _network.Inputs.Width;
        for (var i = 0; i < rows.Length; i++) encoded.AsSpan(rows[i] * width, width).CopyTo(_input.AsSpan(i * width));
        QuantileNetwork.Layer(_input, width, _network.Weights1, _network.Bias1, _first, rows.Length, isRectified: true);
        var kept = (float)(1 / (1 - _options.Dropout));
        for (var i = 0; i < rows.Length * QuantileNetwork.Hidden1; i++)
        {
            // The mask carries the rectifier's slope too: backward then needs one product.
            var scale = _random.NextDouble() < _options.Dropout ? 0 : kept;
            _mask[i] = scale * (_first[i] < 0 ? QuantileNetwork.Leak : 1);
            _first[i] *= scale;
        }

        QuantileNetwork.Layer(_first, QuantileNetwork.Hidden1, _network.Weights2, _network.Bias2, _second, rows.Length, isRectified: true);
        QuantileNetwork.Layer(_second, QuantileNetwork.Hidden2, _network.Weights3, _network.Bias3, _output, rows.Length, isRectified: false);
    }

    private void LossGradient(double[] targets, double[] weights, ReadOnlySpan<int> rows)
    {
        Array.Clear(_outputGradient);
        for (var i = 0; i < rows.Length; i++)
        {
            var target = Math.Min((float)targets[rows[i]], LargestRatio);
            for (var q = 0; q < QuantileNetwork.Quantiles; q++)
            {
                var at = i * QuantileNetwork.Outputs + q;
                var ratio = QuantileNetwork.Ratio(_output[at]);
                // Past its limits a ratio follows the output no more: a median of 0 would push it on for ever, and drag the layers that P90 shares along.
                if (target > ratio ? _output[at] > QuantileNetwork.LargestLog : _output[at] < -QuantileNetwork.LargestLog) continue;
                var slope = target > ratio ? -Shares[q] : 1 - Shares[q];
                _outputGradient[at] = Math.Clamp(slope * ratio * (float)weights[rows[i]], -LargestGradient, LargestGradient) / rows.Length;
            }
        }
    }

    private void Backward(int rows)
    {
        var (n1, n2, n3) = (QuantileNetwork.Hidden1, QuantileNetwork.Hidden2, QuantileNetwork.Outputs);
        Gradients(_second, n2, _outputGradient, n3, rows, _adam[4], _adam[5]);
        Turn(_network.Weights3, n2, n3);
        Matrix.Multiply(_outputGradient, n3, 1, _turned, _secondGradient, rows, n3, n2);
        for (var i = 0; i < rows * n2; i++)
            if (_second[i] < 0) _secondGradient[i] *= QuantileNetwork.Leak;

        Gradients(_first, n1, _secondGradient, n2, rows, _adam[2], _adam[3]);
        Turn(_network.Weights2, n1, n2);
        Matrix.Multiply(_secondGradient, n2, 1, _turned, _firstGradient, rows, n2, n1);
        for (var i = 0; i < rows * n1; i++) _firstGradient[i] *= _mask[i];
        Gradients(_input, _network.Inputs.Width, _firstGradient, n1, rows, _adam[0], _adam[1]);
    }

    // Weights: inputᵀ · gradient. Biases: the gradient's column sums.
    private static void Gradients(float[] input, int width, float[] gradient, int outputs, int rows, AdamState weights, AdamState bias)
    {
        Matrix.Multiply(input, 1, width, gradient, weights.Gradient, width, rows, outputs);
        Array.Clear(bias.Gradient);
        for (var i = 0; i < rows * outputs; i++) bias.Gradient[i % outputs] += gradient[i];
    }

    private void Turn(float[] weights, int height, int width)
    {
        for (var i = 0; i < height; i++)
            for (var j = 0; j < width; j++) _turned[j * height + i] = weights[i * width + j];
    }

    private void Fill(float[] weights, double deviation)
    {
        for (var i = 0; i < weights.Length; i++) weights[i] = (float)(_random.NextNormal() * deviation);
    }

    private void Shuffle(int[] order)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = _random.Next(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }
}
