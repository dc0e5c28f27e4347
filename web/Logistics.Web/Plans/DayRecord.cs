using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Planning.Days.Repairs;
using Logistics.Planning.Formats.Json;
using Logistics.Storage;

namespace Logistics.Web.Plans;

/// <summary>What a repair made of a day's problem, apart from places and travel, which follow from the day.</summary>
/// <param name="At">What had begun by then is history.</param>
/// <param name="Problem">The problem in our format without its travel profiles.</param>
/// <param name="ParcelOfJob">Parcel of each job; late parcels and goods taken over twice stand at the end.</param>
public sealed record RepairedProblem(DateTimeOffset At, IReadOnlyList<DayIncident> Incidents, string Problem, IReadOnlyList<string> ParcelOfJob, IReadOnlyList<int[]> OptionOfAlternative);

/// <summary>What a plan was made from, kept beside it without personal data.</summary>
/// <remarks>
/// The optimiser's problem follows from it, matrices included, so that exporting the problem later gives the very one the plan answers. Storing the problem
/// itself would write a hundred megabytes of matrices with every version.
/// </remarks>
public sealed record DayRecord(
    ServiceArea Area, IReadOnlyList<Partner> Partners, IReadOnlyList<Hub> Hubs, IReadOnlyList<Terminal> Terminals, IReadOnlyList<Vehicle> Vehicles, IReadOnlyList<Courier> Couriers,
    IReadOnlyList<AccessRule> AccessRules, IReadOnlyList<CalendarDay> Calendar, DateOnly Day, IReadOnlyList<Parcel> Parcels, IReadOnlyList<Shift> Shifts,
    IReadOnlyDictionary<string, SizeCounts> Taken, IReadOnlyList<PlanEdit> Edits, string? BaseId, PlanningRules Rules, IReadOnlyList<Parcel>? Late = null, RepairedProblem? Repaired = null)
{
    public static string Write(DayInput input) => DomainJson.Write(Of(input, null));

    /// <summary>The record of a repaired version.</summary>
    public static string Write(RunningDay after, RepairWish wish) => DomainJson.Write(Of(after.Model.Input, new RepairedProblem(
        wish.At, wish.Incidents, JsonWriting.Write(after.Model.Problem with { Profiles = [], Places = [] }), [.. after.Model.Parcels.Select(p => p.Id)], after.Model.OptionOfAlternative)));

    /// <summary>The record; null when the plan was stored without one.</summary>
    public static async Task<DayRecord?> FindAsync(Db db, LogisticsStorage storage, DayPlan plan) =>
        plan.ProblemHash is { } hash && await storage.Plans.FindDocumentAsync(db, hash) is { } text ? DomainJson.Read<DayRecord>(text) : null;

    /// <summary>The input again; null when the plan was stored without one.</summary>
    public static async Task<DayInput?> ReadAsync(Db db, LogisticsStorage storage, DayPlan plan) => await FindAsync(db, storage, plan) is { } record ? await record.ToInputAsync(db, storage) : null;

    public async Task<DayInput> ToInputAsync(Db db, LogisticsStorage storage) => new()
    {
        Network = new NetworkSnapshot(Area, Partners, Hubs, Terminals, Vehicles, Couriers, AccessRules, Calendar),
        Day = Day,
        Parcels = Parcels,
        LateParcels = Late ?? [],
        Shifts = Shifts,
        TakenByTerminal = Taken,
        Edits = Edits,
        Rules = Rules,
        Base = BaseId is { } id ? await storage.Plans.FindAsync(db, id) : null,
    };

    private static DayRecord Of(DayInput input, RepairedProblem? repaired) => new(
        input.Network.Area, input.Network.Partners, input.Network.Hubs, input.Network.Terminals, input.Network.Vehicles, [.. input.Network.Couriers.Select(c => c with { Name = c.Code, Phone = null })],
        input.Network.AccessRules, input.Network.Calendar, input.Day, [.. input.Parcels.Select(Bare)], input.Shifts,
        input.TakenByTerminal, input.Edits, input.Base?.Id, input.Rules, input.LateParcels.Count == 0 ? null : [.. input.LateParcels.Select(Bare)], repaired);

    private static Parcel Bare(Parcel p) => p with { Recipient = p.Recipient with { Name = "", Phone = "", Address = "" } };
}
