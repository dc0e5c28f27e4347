namespace Logistics.Forecasting.Networks;

/// <summary>Moments of one parameter array (Adam, Kingma &amp; Ba 2015). Not thread-safe.</summary>
internal sealed class AdamState(float[] parameters, double decay)
{
    private const float First = 0.9f;
    private const float Second = 0.999f;

    private readonly float[] _mean = new float[parameters.Length];
    private readonly float[] _square = new float[parameters.Length];

    /// <summary>Overwritten by every batch.</summary>
    public float[] Gradient { get; } = new float[parameters.Length];

    /// <param name="step">Batches so far, from 1.</param>
    public void Step(int step, double rate)
    {
        var scale = (float)(rate / (1 - Math.Pow(First, step)));
        var correction = (float)(1 / Math.Sqrt(1 - Math.Pow(Second, step)));
        var shrink = (float)(rate * decay);
        for (var i = 0; i < parameters.Length; i++)
        {
            var g = Gradient[i];
            _mean[i] = First * _mean[i] + (1 - First) * g;
            _square[i] = Second * _square[i] + (1 - Second) * g * g;
            parameters[i] -= scale * _mean[i] / (MathF.Sqrt(_square[i]) * correction + 1e-8f) + shrink * parameters[i];
        }
    }
}
