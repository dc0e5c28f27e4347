using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Storage;

namespace Logistics.Web.Plans;

/// <summary>What a plan was made from, kept beside it without personal data.</summary>
/// <remarks>
/// The optimiser's problem follows from it, matrices included, so that exporting the problem later gives the very one the plan answers. Storing the problem
/// itself would write a hundred megabytes of matrices with every version.
/// </remarks>
public sealed record DayRecord(
    ServiceArea Area, IReadOnlyList<Partner> Partners, IReadOnlyList<Hub> Hubs, IReadOnlyList<Terminal> Terminals, IReadOnlyList<Vehicle> Vehicles, IReadOnlyList<Courier> Couriers,
    IReadOnlyList<AccessRule> AccessRules, IReadOnlyList<CalendarDay> Calendar, DateOnly Day, IReadOnlyList<Parcel> Parcels, IReadOnlyList<Shift> Shifts,
    IReadOnlyDictionary<string, SizeCounts> Taken, IReadOnlyList<PlanEdit> Edits, string? BaseId, PlanningRules Rules)
{
    public static string Write(DayInput input) => DomainJson.Write(new DayRecord(
        input.Network.Area, input.Network.Partners, input.Network.Hubs, input.Network.Terminals, input.Network.Vehicles, [.. input.Network.Couriers.Select(c => c with { Name = c.Code, Phone = null })],
        input.Network.AccessRules, input.Network.Calendar, input.Day, [.. input.Parcels.Select(p => p with { Recipient = p.Recipient with { Name = "", Phone = "", Address = "" } })], input.Shifts,
        input.TakenByTerminal, input.Edits, input.Base?.Id, input.Rules));

    /// <summary>The input again; null when the plan was stored without one.</summary>
    public static async Task<DayInput?> ReadAsync(Db db, LogisticsStorage storage, DayPlan plan)
    {
        if (plan.ProblemHash is not { } hash || await storage.Plans.FindDocumentAsync(db, hash) is not { } text) return null;
        var record = DomainJson.Read<DayRecord>(text);
        return new DayInput
        {
            Network = new NetworkSnapshot(record.Area, record.Partners, record.Hubs, record.Terminals, record.Vehicles, record.Couriers, record.AccessRules, record.Calendar),
            Day = record.Day,
            Parcels = record.Parcels,
            Shifts = record.Shifts,
            TakenByTerminal = record.Taken,
            Edits = record.Edits,
            Rules = record.Rules,
            Base = record.BaseId is { } id ? await storage.Plans.FindAsync(db, id) : null,
        };
    }
}
