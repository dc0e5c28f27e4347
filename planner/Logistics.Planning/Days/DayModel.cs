using Logistics.Domain;
using Logistics.Routing.Model;
using Vehicle = Logistics.Domain.Vehicle;

namespace Logistics.Planning.Days;

public enum DayPlaceKind { Hub, Terminal, Door }

/// <summary>A place of the day's problem.</summary>
/// <param name="Id">Hub or terminal id; null for a parking place near doors.</param>
public sealed record DayPlace(DayPlaceKind Kind, string? Id, string Name, GeoPoint Location);

/// <summary>A vehicle of the day's problem with who drives it.</summary>
/// <param name="Shift">Null when the dispatcher added the vehicle without a shift.</param>
public sealed record DayVehicle(Vehicle Vehicle, Shift? Shift, Courier? Courier);

/// <summary>A day as an optimisation problem – one job for each parcel – with the way back. Immutable and safe from any thread.</summary>
public sealed record DayModel
{
    public required DayInput Input { get; init; }
    public required DayClock Clock { get; init; }

    /// <summary>The exact problem: what plans are checked against, stored and exported with.</summary>
    public required Problem Problem { get; init; }

    /// <summary>Parcel of each job.</summary>
    public required IReadOnlyList<Parcel> Parcels { get; init; }

    /// <summary>For each job, the option of its parcel each alternative stands for.</summary>
    public required IReadOnlyList<int[]> OptionOfAlternative { get; init; }

    public required IReadOnlyList<DayPlace> Places { get; init; }
    public required IReadOnlyList<DayVehicle> Vehicles { get; init; }

    /// <summary>Parcels no vehicle could serve by any rule: they never reach the search.</summary>
    public required IReadOnlyList<UnassignedParcel> RuledOut { get; init; }

    /// <summary>Vehicles whose routes in the base plan are kept as they are, by problem index.</summary>
    public required IReadOnlySet<int> LockedVehicles { get; init; }

    /// <summary>Radius really used to gather doors into parking places, metres.</summary>
    public required double ParkRadiusMetres { get; init; }

    /// <summary>What the planner should know about the model, such as a widened park radius.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>A parcel that broke down twice with its vehicle has two jobs; the last is the open one.</summary>
    public IReadOnlyDictionary<string, int> JobOfParcel => field ??= Parcels.Index().GroupBy(p => p.Item.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Index, StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> IndexOfVehicle => field ??= Vehicles.Index().ToDictionary(v => v.Item.Vehicle.Id, v => v.Index, StringComparer.Ordinal);
}
