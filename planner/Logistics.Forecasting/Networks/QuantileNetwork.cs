namespace Logistics.Forecasting.Networks;

/// <summary>A small network that forecasts the 10 %, 50 % and 90 % quantile of volume ÷ level at once. Immutable once trained; thread-safe.</summary>
/// <remarks>Two hidden layers with leaky rectifiers; outputs are logarithms of ratios, so that no forecast is negative.</remarks>
internal sealed class QuantileNetwork
{
    public const int Quantiles = 3;
    public const int Hidden1 = 64;
    public const int Hidden2 = 32;

    /// <summary>Outputs are padded to a vector; the rest is never read.</summary>
    internal const int Outputs = Matrix.Lane;

    /// <summary>Slope of a rectifier below zero.</summary>
    internal const float Leak = 0.01f;

    // exp(±4): a day 55 times the level is beyond anything a level can foretell.
    internal const float LargestLog = 4;
    private const int ChunkRows = 256;

    internal QuantileNetwork(NetworkInputs inputs)
    {
        Inputs = inputs;
        Weights1 = new float[inputs.Width * Hidden1];
        Bias1 = new float[Hidden1];
        Weights2 = new float[Hidden1 * Hidden2];
        Bias2 = new float[Hidden2];
        Weights3 = new float[Hidden2 * Outputs];
        Bias3 = new float[Outputs];
    }

    public NetworkInputs Inputs { get; }

    internal float[] Weights1 { get; }

    internal float[] Bias1 { get; }

    internal float[] Weights2 { get; }

    internal float[] Bias2 { get; }

    internal float[] Weights3 { get; }

    internal float[] Bias3 { get; }

    /// <summary>Every array of parameters, in the order they are stored.</summary>
    internal float[][] Parameters => [Weights1, Bias1, Weights2, Bias2, Weights3, Bias3];

    internal static float Ratio(float output) => MathF.Exp(Math.Clamp(output, -LargestLog, LargestLog));

    /// <summary>Adds the ratios forecast for each row to the sums.</summary>
    /// <param name="rows">Row-major features.</param>
    /// <param name="width">Features per row.</param>
    /// <param name="sums">By quantile, by row.</param>
    public void AddTo(ReadOnlySpan<float> rows, int width, double[][] sums)
    {
        var count = rows.Length / width;
        var input = new float[ChunkRows * Inputs.Width];
        var (first, second, output) = (new float[ChunkRows * Hidden1], new float[ChunkRows * Hidden2], new float[ChunkRows * Outputs]);
        for (var start = 0; start < count; start += ChunkRows)
        {
            var n = Math.Min(ChunkRows, count - start);
            for (var i = 0; i < n; i++) Inputs.Encode(rows.Slice((start + i) * width, width), input.AsSpan(i * Inputs.Width, Inputs.Width));
            Layer(input, Inputs.Width, Weights1, Bias1, first, n, isRectified: true);
            Layer(first, Hidden1, Weights2, Bias2, second, n, isRectified: true);
            Layer(second, Hidden2, Weights3, Bias3, output, n, isRectified: false);
            for (var i = 0; i < n; i++)
                for (var q = 0; q < Quantiles; q++) sums[q][start + i] += Ratio(output[i * Outputs + q]);
        }
    }

    internal static void Layer(ReadOnlySpan<float> input, int width, float[] weights, float[] bias, Span<float> output, int rows, bool isRectified)
    {
        Matrix.Multiply(input, width, 1, weights, output, rows, width, bias.Length);
        for (var i = 0; i < rows * bias.Length; i++)
        {
            var value = output[i] + bias[i % bias.Length];
            output[i] = isRectified && value < 0 ? value * Leak : value;
        }
    }
}
