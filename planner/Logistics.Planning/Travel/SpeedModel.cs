namespace Logistics.Planning.Travel;

/// <summary>How fast one drives where and when, for the great-circle model.</summary>
/// <remarks>
/// The first and last <see cref="LocalMetres"/> of a leg are driven at the local speed of the area the end lies in, the rest at the mean of both ends'
/// through speeds. The hour multiplies the whole leg by a factor of its more central end's area.
/// </remarks>
public sealed record SpeedModel
{
    /// <summary>Road metres per great-circle metre.</summary>
    public required double DetourFactor { get; init; }

    /// <summary>Length at each end driven on local streets, road metres.</summary>
    public required double LocalMetres { get; init; }

    /// <summary>km/h on local streets by area, most central first; the last is outside all areas.</summary>
    public required IReadOnlyList<double> LocalKmh { get; init; }

    /// <summary>km/h on arterials and ring roads by area.</summary>
    public required IReadOnlyList<double> ThroughKmh { get; init; }

    /// <summary>Band borders, seconds after local midnight, ascending; one fewer than the factors of an area.</summary>
    public required IReadOnlyList<int> BandFromSeconds { get; init; }

    /// <summary>Duration factor × 1000 by area and band.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> FactorPermille { get; init; }

    /// <summary>Delivery vans in Beijing: our own estimates for rings 2–6 and outside, to be replaced by measured speeds or a road router.</summary>
    public static SpeedModel Beijing { get; } = new()
    {
        DetourFactor = 1.35,
        LocalMetres = 1500,
        LocalKmh = [16, 18, 20, 22, 26, 32],
        ThroughKmh = [25, 29, 35, 42, 50, 58],
        //                 06:00   07:00   09:00   11:30   13:30   16:30   19:30   22:00
        BandFromSeconds = [21_600, 25_200, 32_400, 41_400, 48_600, 59_400, 70_200, 79_200],
        FactorPermille =
        [
            [800, 1000, 1550, 1250, 1150, 1200, 1650, 1150, 850],
            [800, 1000, 1550, 1200, 1100, 1200, 1650, 1150, 850],
            [800, 1000, 1500, 1150, 1050, 1150, 1550, 1100, 850],
            [850, 1000, 1400, 1100, 1050, 1100, 1450, 1050, 850],
            [900, 950, 1200, 1050, 1000, 1050, 1250, 1000, 900],
            [950, 950, 1100, 1000, 1000, 1000, 1100, 1000, 950],
        ],
    };
}
