using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Networks;

/// <summary>Turns feature rows into network inputs: logarithms of ratios, decays of distances, one input per class, all of like size. Immutable; thread-safe.</summary>
internal sealed class NetworkInputs
{
    // A class or a gap seen in fewer rows than this share cannot be learned, only memorised.
    private const double RarestShare = 0.002;
    private const int MostClasses = 30;
    private const float Farthest = 5;
    private const float LargestRatio = 20;
    private const float RatioOffset = 0.1f;
    private const float MonthDays = 30.5f;

    private readonly NetworkInput[] _inputs;

    public NetworkInputs(NetworkInput[] inputs) => _inputs = inputs;

    public IReadOnlyList<NetworkInput> Inputs => _inputs;

    public int Width => _inputs.Length;

    /// <summary>Chooses the inputs of a table's columns and measures their mean and deviation.</summary>
    public static NetworkInputs Fit(FeatureTable table)
    {
        var inputs = new List<NetworkInput>();
        for (var column = 0; column < table.Width; column++)
        {
            foreach (var input in InputsOf(table, column))
            {
                var (mean, deviation) = Measure(table, input);
                if (deviation > 1e-4) inputs.Add(input with { Mean = mean, Deviation = deviation });
            }
        }

        return new NetworkInputs([.. inputs]);
    }

    /// <param name="row">A feature row of the table's columns.</param>
    /// <param name="values">Length <see cref="Width"/>, overwritten.</param>
    public void Encode(ReadOnlySpan<float> row, Span<float> values)
    {
        for (var i = 0; i < _inputs.Length; i++)
        {
            var input = _inputs[i];
            var value = Raw(input, row[input.Column]);
            values[i] = float.IsNaN(value) ? 0 : Math.Clamp((value - input.Mean) / input.Deviation, -Farthest, Farthest);
        }
    }

    private static IEnumerable<NetworkInput> InputsOf(FeatureTable table, int column)
    {
        var meaning = table.Columns[column].Meaning;
        if (table.Columns[column].IsCategorical)
        {
            foreach (var number in FrequentClasses(table, column)) yield return new NetworkInput(column, NetworkScale.Class, number);
            yield break;
        }

        switch (meaning)
        {
            case ColumnMeaning.YearDay:
                yield break;
            case ColumnMeaning.MonthDay:
                yield return new NetworkInput(column, NetworkScale.Sine, MonthDays);
                yield return new NetworkInput(column, NetworkScale.Cosine, MonthDays);
                yield return new NetworkInput(column, NetworkScale.SinceTurn, 3);
                yield return new NetworkInput(column, NetworkScale.ToTurn, 3);
                break;
            case ColumnMeaning.Distance:
                yield return new NetworkInput(column, NetworkScale.Decay, 3);
                yield return new NetworkInput(column, NetworkScale.Decay, 12);
                yield return new NetworkInput(column, NetworkScale.Class, 0);
                break;
            default:
                yield return new NetworkInput(column, meaning == ColumnMeaning.Plain ? NetworkScale.Plain : NetworkScale.Logarithm, 0);
                var missing = MissingShare(table, column);
                if (missing > RarestShare && missing < 1 - RarestShare) yield return new NetworkInput(column, NetworkScale.Missing, 0);
                break;
        }
    }

    private static IEnumerable<int> FrequentClasses(FeatureTable table, int column)
    {
        var counts = new Dictionary<int, int>();
        for (var row = 0; row < table.Rows; row++)
        {
            var value = table.Row(row)[column];
            if (value >= 0) counts[(int)value] = counts.GetValueOrDefault((int)value) + 1;
        }

        return counts.Where(c => c.Value >= RarestShare * table.Rows).OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(MostClasses).Select(c => c.Key).Order();
    }

    private static double MissingShare(FeatureTable table, int column)
    {
        var missing = 0;
        for (var row = 0; row < table.Rows; row++)
            if (float.IsNaN(table.Row(row)[column])) missing++;
        return (double)missing / table.Rows;
    }

    private static (float Mean, float Deviation) Measure(FeatureTable table, NetworkInput input)
    {
        double sum = 0, squares = 0;
        var count = 0;
        for (var row = 0; row < table.Rows; row++)
        {
            double value = Raw(input, table.Row(row)[input.Column]);
            if (double.IsNaN(value)) continue;
            sum += value;
            squares += value * value;
            count++;
        }

        if (count == 0) return (0, 0);
        var mean = sum / count;
        return ((float)mean, (float)Math.Sqrt(Math.Max(0, squares / count - mean * mean)));
    }

    // NaN stays NaN and becomes the mean, except where "missing" is what the input says.
    private static float Raw(NetworkInput input, float value) => input.Scale switch
    {
        NetworkScale.Missing => float.IsNaN(value) ? 1 : 0,
        NetworkScale.Class => value == input.Parameter ? 1 : 0,
        NetworkScale.Decay => float.IsNaN(value) ? 0 : MathF.Sign(value) * MathF.Exp(-MathF.Abs(value) / input.Parameter),
        NetworkScale.Sine => MathF.Sin(2 * MathF.PI * value / input.Parameter),
        NetworkScale.Cosine => MathF.Cos(2 * MathF.PI * value / input.Parameter),
        NetworkScale.SinceTurn => MathF.Exp(-MathF.Abs(value - 1) / input.Parameter),
        NetworkScale.ToTurn => MathF.Exp(-MathF.Abs(31 - value) / input.Parameter),
        NetworkScale.Logarithm => MathF.Log(Math.Clamp(value, 0, LargestRatio) + RatioOffset),
        _ => value,
    };
}

/// <summary>How an input is made of its column.</summary>
internal enum NetworkScale
{
    Plain,
    Logarithm,
    Decay,
    Class,
    Missing,

    /// <summary>Of a day of the month, once around in Parameter days.</summary>
    Sine,
    Cosine,

    /// <summary>Nearness to the month's first day.</summary>
    SinceTurn,

    /// <summary>Nearness to the month's last day.</summary>
    ToTurn,
}

/// <param name="Column">Position in the feature row.</param>
/// <param name="Parameter">Days of a decay, or the class number.</param>
internal readonly record struct NetworkInput(int Column, NetworkScale Scale, float Parameter, float Mean = 0, float Deviation = 1);
