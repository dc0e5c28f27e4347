using Logistics.Domain;
using Logistics.Planning.Days;

namespace Logistics.Web.Plans;

/// <summary>A comparison as the page shows it.</summary>
internal static class PlanComparisons
{
    public static PlanComparisonView View(PlanComparison c, PlanSummary a, PlanSummary b, NetworkSnapshot network) => new(
        a, b, [.. PlanViews.Cost(c.CostA).Zip(PlanViews.Cost(c.CostB), (x, y) => new CostPair(x.Part, x.Fen, y.Fen))],
        [.. c.Routes.Select(r => new RoutePair(
            network.FindVehicle(r.VehicleId)?.Plate ?? r.VehicleId, (int)r.Stops.A, (int)r.Stops.B, r.DistanceMetres.A, r.DistanceMetres.B, (int)r.Parcels.A, (int)r.Parcels.B))],
        c.MovedParcels.Count, c.ChangedOptions.Count, c.OnlyInA.Count, c.OnlyInB.Count,
        [.. c.Terminals.Select(t => new TerminalPair(t.TerminalId, network.FindTerminal(t.TerminalId)?.Name ?? t.TerminalId, (int)t.Parcels.A, (int)t.Parcels.B))]);
}
