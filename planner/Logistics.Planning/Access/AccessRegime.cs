using System.Globalization;
using System.Text;
using Logistics.Domain;
using Logistics.Routing.Model;
using Vehicle = Logistics.Domain.Vehicle;

namespace Logistics.Planning.Access;

/// <summary>One rule as it binds a vehicle on a day.</summary>
/// <param name="Closed">Closed seconds after the day's local midnight, ascending, disjoint, half-open; may reach into the next day.</param>
public sealed record RuleInForce(AccessRule Rule, IReadOnlyList<ClosedInterval> Closed);

/// <summary>All rules that bind a vehicle on a day. Vehicles with equal <see cref="Key"/> share a travel profile.</summary>
public sealed record AccessRegime(IReadOnlyList<RuleInForce> Rules)
{
    public static AccessRegime Free { get; } = new([]);

    /// <summary>Equal for regimes that close the same areas at the same times.</summary>
    public string Key { get; } = BuildKey(Rules);

    /// <summary>The rules that bind the vehicle from the morning of <paramref name="day"/> to the end of the next, with what still runs from the night before.</summary>
    public static AccessRegime Of(Vehicle vehicle, NetworkSnapshot network, DateOnly day)
    {
        var inForce = new List<RuleInForce>();
        foreach (var rule in network.AccessRules)
        {
            var closed = new List<ClosedInterval>();
            for (var offset = -1; offset <= 1; offset++)
            {
                var date = day.AddDays(offset);
                foreach (var span in rule.BannedHours(vehicle, date, network.DayOn(date).Kind))
                {
                    int from = ((offset * 1440) + span.StartMinute) * 60, until = ((offset * 1440) + span.EndMinute) * 60;
                    if (until > 0) closed.Add(new ClosedInterval(Math.Max(0, from), until));
                }
            }

            if (closed.Count > 0) inForce.Add(new RuleInForce(rule, Merge(closed)));
        }

        return inForce.Count == 0 ? Free : new AccessRegime(inForce);
    }

    /// <summary>Sorts and joins intervals that overlap or touch.</summary>
    internal static IReadOnlyList<ClosedInterval> Merge(IEnumerable<ClosedInterval> intervals)
    {
        var merged = new List<ClosedInterval>();
        foreach (var next in intervals.OrderBy(i => i.From).ThenBy(i => i.Until))
        {
            if (merged.Count > 0 && next.From <= merged[^1].Until) merged[^1] = new ClosedInterval(merged[^1].From, Math.Max(merged[^1].Until, next.Until));
            else merged.Add(next);
        }

        return merged;
    }

    private static string BuildKey(IReadOnlyList<RuleInForce> rules)
    {
        var text = new StringBuilder();
        foreach (var (rule, closed) in rules)
        {
            text.Append(rule.Id);
            foreach (var interval in closed) text.Append(CultureInfo.InvariantCulture, $" {interval.From}-{interval.Until}");
            text.Append(';');
        }

        return text.ToString();
    }
}
