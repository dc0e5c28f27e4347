using Logistics.Routing.Model;

namespace Logistics.Planning.Formats;

/// <summary>Solomon's VRPTW text (Solomon 1987; Gehring &amp; Homberger 1999), with the DIMACS convention: distances and times ⌊10·d⌋, objective distance.</summary>
public static class SolomonFormat
{
    private const int Scale = 10;

    public static bool Recognises(string text) => text.Contains("CUST NO", StringComparison.OrdinalIgnoreCase) && text.Contains("NUMBER", StringComparison.OrdinalIgnoreCase);

    public static ReadResult<Instance> Read(string text, string name)
    {
        var lines = new NumberLines(text);
        var rows = lines.Lines.Where(line => NumberLines.IsNumber(line.Fields[0])).ToList();
        if (rows.Count < 2) return ReadResult.Failed<Instance>("A Solomon file needs a vehicle line and customer rows.");
        var fleet = lines.ReadNumbers(rows[0], 2, "vehicle number and capacity");
        var customers = rows.Skip(1).Select(row => lines.ReadNumbers(row, 7, "customer number, x, y, demand, ready, due, service")).ToList();
        int vehicles = fleet is null ? 0 : PlaneProblem.ReadFleet(lines, rows[0], fleet[0], customers.Count - 1);
        if (lines.Errors.Count > 0) return ReadResult.Failed<Instance>(lines.Errors);

        var nodes = customers.Select(c => new PlaneNode(c![0], c[1], c[2], c[3], c[4], c[5], c[6])).ToList();
        return PlaneProblem.Build(name, "VRPTW", nodes, vehicles, (long)fleet![1], Scale, PlaneRounding.Truncate, decimals: 1);
    }
}
