namespace Logistics.Forecasting.Networks;

/// <summary>Settings of one network's training.</summary>
internal sealed record NetworkOptions
{
    /// <summary>Times every row is seen.</summary>
    public int Epochs { get; init; } = 6;

    public int BatchRows { get; init; } = 512;

    /// <summary>Largest step of Adam; it rises over the first hundred batches and falls to nothing along a cosine.</summary>
    public double LearningRate { get; init; } = 0.002;

    /// <summary>Share of the first hidden layer left out of a batch's row.</summary>
    public double Dropout { get; init; } = 0.1;

    /// <summary>Weights shrink by this share of each step (decoupled, Loshchilov &amp; Hutter 2019).</summary>
    public double Decay { get; init; } = 0.001;

    public ulong Seed { get; init; } = 1;
}
