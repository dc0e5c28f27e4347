using Logistics.Routing.Model;

namespace Logistics.Planning.Formats;

/// <summary>How a family of VRPLIB instances scales and rounds, and in which unit its costs are published.</summary>
/// <param name="Scale">Factor on distances, times, prizes and fixed costs before rounding.</param>
/// <param name="CostScale">Our cost units per published unit.</param>
/// <param name="Decimals">Decimals published.</param>
internal sealed record VrplibConvention(int Scale, PlaneRounding Rounding, int CostScale, int Decimals)
{
    private static readonly VrplibConvention Whole = new(1, PlaneRounding.Nearest, 1, 0);
    private static readonly VrplibConvention Tenths = new(10, PlaneRounding.Truncate, 1, 0);
    private static readonly VrplibConvention Thousandths = new(1000, PlaneRounding.Nearest, 1, 0);

    /// <summary>Convention of a TYPE; explicit matrices are taken as they are.</summary>
    /// <remarks>CVRPLIB rounds to whole numbers; DIMACS truncates VRPTW to tenths; PyVRP publishes its rich variants in the scale it solves them in.</remarks>
    public static VrplibConvention Of(string type, bool isExplicit) => isExplicit ? Whole : type.ToUpperInvariant() switch
    {
        "VRPTW" or "CVRPTW" => Tenths with { CostScale = 10, Decimals = 1 },
        "PCVRPTW" or "MTVRPTWR" => Tenths,
        "MDVRPTW" or "SDVRPTW" or "HFVRP" or "PDPTW" or "VRPB" or "MDVRP" or "SDVRP" => Thousandths,
        _ => Whole,
    };

    public int Round(double value) => Scaling.Round(value, Scale, Rounding);
}
