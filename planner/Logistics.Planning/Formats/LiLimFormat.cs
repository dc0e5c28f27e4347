using Logistics.Routing.Model;

namespace Logistics.Planning.Formats;

/// <summary>Li &amp; Lim's PDPTW text (2001), with distances and times ⌊1000·d + ½⌋ and the objective distance.</summary>
public static class LiLimFormat
{
    private const int Scale = 1000;
    private const int Columns = 9;

    /// <summary>The first line holds vehicles, capacity and speed; every other line nine numbers.</summary>
    public static bool Recognises(string text)
    {
        var lines = new NumberLines(text[..Math.Min(text.Length, 4096)]).Lines;
        return lines.Count > 2 && lines[0].Fields.Length == 3 && lines[1].Fields.Length == Columns
            && lines[0].Fields.All(NumberLines.IsNumber) && lines[1].Fields.All(NumberLines.IsNumber);
    }

    public static ReadResult<Instance> Read(string text, string name)
    {
        var lines = new NumberLines(text);
        if (lines.Lines.Count < 2) return ReadResult.Failed<Instance>("A Li & Lim file needs a first line and task rows.");
        var fleet = lines.ReadNumbers(lines.Lines[0], 2, "vehicles, capacity");
        var rows = lines.Lines.Skip(1).Select(line => (line.Number, Values: lines.ReadNumbers(line, Columns, "id, x, y, demand, ready, due, service, pickup, delivery"))).ToList();
        int vehicles = fleet is null ? 0 : PlaneProblem.ReadFleet(lines, lines.Lines[0], fleet[0], rows.Count - 1);
        if (lines.Errors.Count > 0) return ReadResult.Failed<Instance>(lines.Errors);

        var nodes = rows.Select(r => new PlaneNode(r.Values![0], r.Values[1], r.Values[2], r.Values[3], r.Values[4], r.Values[5], r.Values[6])).ToList();
        var placeOf = new Dictionary<int, int>();
        for (int i = 0; i < nodes.Count; i++)
            if (!placeOf.TryAdd((int)nodes[i].Number, i)) lines.Errors.Add($"Line {rows[i].Number}: task {nodes[i].Number} is listed twice.");

        var jobs = new List<Job>();
        var numbers = new Dictionary<int, (int, int, int)>();
        var delivered = new HashSet<int>();
        for (int i = 1; i < nodes.Count; i++)
        {
            var row = rows[i].Values!;
            int sibling = (int)row[8];
            if (sibling == 0) continue;
            if (!placeOf.TryGetValue(sibling, out int delivery) || (int)rows[delivery].Values![7] != (int)row[0] || !delivered.Add(delivery))
            {
                lines.Errors.Add($"Line {rows[i].Number}: task {row[0]} names delivery {sibling}, which does not name it back.");
                continue;
            }

            var pickup = PlaneProblem.VisitAt(nodes, i, Scale, PlaneRounding.Nearest) with { Pickup = [(long)nodes[i].Demand] };
            numbers[(int)row[0]] = (jobs.Count, 0, 0);
            numbers[sibling] = (jobs.Count, 0, 1);
            jobs.Add(new Job
            {
                Id = $"{PlaneProblem.Id(nodes[i])}-{sibling}",
                Alternatives = [new Alternative { Visits = [pickup, PlaneProblem.VisitAt(nodes, delivery, Scale, PlaneRounding.Nearest)] }],
            });
        }

        for (int i = 1; i < nodes.Count; i++)
            if (!numbers.ContainsKey((int)nodes[i].Number)) lines.Errors.Add($"Line {rows[i].Number}: task {nodes[i].Number} belongs to no pair.");
        return lines.Errors.Count > 0
            ? ReadResult.Failed<Instance>(lines.Errors)
            : ReadResult.Of(PlaneProblem.Assemble(name, "PDPTW", nodes, jobs, numbers, vehicles, (long)fleet![1], Scale, PlaneRounding.Nearest, decimals: 3));
    }
}
