using Logistics.Domain;
using Logistics.Planning.Days;

namespace Logistics.Planning.Exact.Assignments;

/// <summary>The parcels that a plan delivers, as the question of which terminal would take which if driving were free.</summary>
/// <remarks>
/// Counted are the delivered parcels only, so that plan and optimum serve the same. Costs are fen. The plan itself answers the
/// question, so the optimum is never dearer.
/// </remarks>
public sealed record DayAssignment
{
    /// <summary>Dearer than any preference: a parcel without a door must find a terminal.</summary>
    private const long NoDoorFen = 10_000_000;

    public required AssignmentProblem Problem { get; init; }

    /// <summary>The parcels, in the problem's order.</summary>
    public required IReadOnlyList<Parcel> Parcels { get; init; }

    /// <summary>Preference cost of what the plan chose.</summary>
    public required long PlanFen { get; init; }

    /// <summary>Metres that recipients walk to the plan's terminals, there and not back, as the crow flies.</summary>
    public required long PlanWalkMetres { get; init; }

    /// <summary>Builds the question from the day that <paramref name="plan"/> was made of.</summary>
    public static DayAssignment Of(DayInput input, DayPlan plan)
    {
        var chosen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var task in plan.Routes.SelectMany(r => r.Trips).SelectMany(t => t.Stops).SelectMany(s => s.Tasks).Where(t => t.Flow == ParcelFlow.Delivery))
            chosen[task.ParcelId] = task.OptionIndex;
        var parcels = input.Parcels.Where(p => chosen.TryGetValue(p.Id, out var option) && option < p.Options.Count).ToList();
        var numbers = input.Network.Terminals.Index().ToDictionary(t => t.Item.Id, t => t.Index, StringComparer.Ordinal);
        return new DayAssignment
        {
            Parcels = parcels,
            PlanFen = parcels.Sum(p => p.Options[chosen[p.Id]].PreferenceFen),
            PlanWalkMetres = parcels.Sum(p => Walk(p, input.Network.FindTerminal(p.Options[chosen[p.Id]].TerminalId))),
            Problem = new AssignmentProblem
            {
                SizeClasses = [.. Enum.GetNames<SizeClass>()],
                Terminals = [.. input.Network.Terminals.Select(t => Terminal(t, input))],
                Parcels = [.. parcels.Select(p => Parcel(p, input, numbers))],
                // Walking is part of what the recipient's preference already says; it is shown, not priced a second time.
                CostPerWalkedMetre = 0,
            },
        };
    }

    /// <summary>The day with each parcel's options cut to the optimum's terminal, or to its doors; what the plan leaves out keeps all options.</summary>
    public DayInput Preferred(DayInput input, AssignmentOptimum optimum)
    {
        var terminals = Parcels.Zip(optimum.Choices).ToDictionary(p => p.First.Id, p => p.Second.Terminal is { } t ? input.Network.Terminals[t].Id : null, StringComparer.Ordinal);
        return input with
        {
            Base = null,
            Edits = [],
            Parcels = [.. input.Parcels.Select(p => terminals.TryGetValue(p.Id, out var terminal) ? p with { Options = [.. p.Options.Where(o => o.TerminalId == terminal)] } : p)],
        };
    }

    /// <summary>Metres that recipients walk under <paramref name="optimum"/>.</summary>
    public long WalkMetres(DayInput input, AssignmentOptimum optimum) =>
        Parcels.Zip(optimum.Choices).Sum(p => Walk(p.First, p.Second.Terminal is { } t ? input.Network.Terminals[t] : null));

    private static AssignmentTerminal Terminal(Terminal t, DayInput input)
    {
        var taken = input.TakenByTerminal.GetValueOrDefault(t.Id);
        return new(
            t.Id, [.. Enum.GetValues<SizeClass>().Select(size => Math.Max(0, t.Compartments[size] - taken[size]))],
            t.Partners.Where(p => p.DailyQuota is not null).ToDictionary(p => p.PartnerId, p => Math.Max(0, p.DailyQuota!.Value - input.QuotaUsed.GetValueOrDefault((t.Id, p.PartnerId))), StringComparer.Ordinal));
    }

    private static AssignmentParcel Parcel(Parcel p, DayInput input, Dictionary<string, int> numbers) => new(
        p.Id, (int)p.Size, p.PartnerId,
        [.. p.Options
            .Where(o => o.TerminalId is not null && OptionLegality.FindProblem(p, o, input.Network.FindTerminal(o.TerminalId)) is null)
            .GroupBy(o => o.TerminalId!, StringComparer.Ordinal)
            // The same terminal at several windows: the cheapest bounds them all.
            .Select(g => new AssignmentCandidate(numbers[g.Key], g.Min(o => o.PreferenceFen), (int)Walk(p, input.Network.FindTerminal(g.Key))))],
        p.Options.Where(o => o.Kind == DeliveryKind.Door).Select(o => o.PreferenceFen).DefaultIfEmpty(NoDoorFen).Min());

    private static long Walk(Parcel p, Terminal? terminal) => terminal is null ? 0 : (long)p.Recipient.Location.MetresTo(terminal.Location);
}
