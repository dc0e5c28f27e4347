using Logistics.Domain;
using Logistics.Routing.Model;
using Logistics.Routing.Replanning;

namespace Logistics.Planning.Days.Repairs;

/// <summary>A stored plan as the optimiser's problem and answer.</summary>
public sealed record RunningDay(DayPlan DayPlan, DayModel Model, Plan Plan);

/// <summary>What happened, when, and how far the repair may go.</summary>
public sealed record RepairWish
{
    /// <summary>Names repairs among the ways plans are made.</summary>
    public const string Engine = "repair";

    /// <summary>What has begun by then is history.</summary>
    public required DateTimeOffset At { get; init; }

    public required IReadOnlyList<DayIncident> Incidents { get; init; }

    /// <summary>The parcels of every <see cref="ParcelsAdded"/>.</summary>
    public IReadOnlyList<Parcel> Late { get; init; } = [];

    /// <summary>Most parcels moved or dropped that could have stayed where they are.</summary>
    public int MaxDisturbed { get; init; } = 20;

    /// <summary>What moving one of them must save at least.</summary>
    public int FenPerDisturbed { get; init; } = 500;

    public double Seconds { get; init; } = 1;

    public int Seed { get; init; } = 1;
}

/// <summary>A repair in the words of the day, not yet stored; or why there is none.</summary>
/// <param name="Faults">Incidents that speak of what does not exist or is history already.</param>
public sealed record DayRepair(RunningDay? After, Repair? Repair, IReadOnlyList<RepairFault> Faults);

/// <summary>Why an incident cannot be.</summary>
/// <param name="Rule">Stable code.</param>
/// <param name="Value">Plate, waybill or whatever it names; null when it speaks of the whole.</param>
public sealed record RepairFault(string Rule, string? Value, string Message);
