using Logistics.Domain;

namespace Logistics.Planning.Days;

/// <summary>What a list of edits asks of a re-optimisation.</summary>
/// <remarks>
/// Moves bind a parcel to the vehicle it was moved to, not to its position: the search may reorder an unlocked route. Reversing binds nothing.
/// A locked prefix locks its whole route, which keeps more than was asked and never less.
/// </remarks>
internal sealed class EditReading
{
    public EditReading(IReadOnlyList<PlanEdit> edits, DayPlan? basePlan)
    {
        foreach (var edit in edits) Read(edit, basePlan);
    }

    public HashSet<string> LockedRoutes { get; } = new(StringComparer.Ordinal);
    public HashSet<string> AddedVehicles { get; } = new(StringComparer.Ordinal);
    public HashSet<string> RemovedVehicles { get; } = new(StringComparer.Ordinal);
    public HashSet<string> LeftOut { get; } = new(StringComparer.Ordinal);

    /// <summary>Vehicle each bound parcel must go with.</summary>
    public Dictionary<string, string> VehicleOfParcel { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, HashSet<string>> ForbiddenVehicles { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, int> OptionOfParcel { get; } = new(StringComparer.Ordinal);

    private void Read(PlanEdit edit, DayPlan? basePlan)
    {
        switch (edit)
        {
            case LockRoute lockRoute:
                LockedRoutes.Add(lockRoute.VehicleId);
                break;
            case LockPrefix prefix:
                LockedRoutes.Add(prefix.VehicleId);
                break;
            case LockParcel lockParcel:
                Bind(lockParcel.ParcelId, lockParcel.VehicleId);
                break;
            case ForbidParcelVehicle forbid:
                if (!ForbiddenVehicles.TryGetValue(forbid.ParcelId, out var vehicles)) ForbiddenVehicles[forbid.ParcelId] = vehicles = new(StringComparer.Ordinal);
                vehicles.Add(forbid.VehicleId);
                break;
            case ChooseOption choose:
                OptionOfParcel[choose.ParcelId] = choose.OptionIndex;
                break;
            case MoveParcels move:
                foreach (var parcel in move.ParcelIds) Bind(parcel, move.VehicleId);
                break;
            case MoveStop move:
                foreach (var task in FindStop(basePlan, move.FromVehicleId, move.FromTripNumber, move.FromSequence)?.Tasks ?? []) Bind(task.ParcelId, move.ToVehicleId);
                break;
            case LeaveOut leaveOut:
                LeftOut.UnionWith(leaveOut.ParcelIds);
                break;
            case AddVehicle add:
                AddedVehicles.Add(add.VehicleId);
                RemovedVehicles.Remove(add.VehicleId);
                break;
            case RemoveVehicle remove:
                RemovedVehicles.Add(remove.VehicleId);
                AddedVehicles.Remove(remove.VehicleId);
                LockedRoutes.Remove(remove.VehicleId);
                break;
            default: // ReverseTrip orders one route once and binds nothing.
                break;
        }
    }

    private void Bind(string parcelId, string vehicleId)
    {
        VehicleOfParcel[parcelId] = vehicleId;
        LeftOut.Remove(parcelId);
    }

    public static PlannedStop? FindStop(DayPlan? plan, string vehicleId, int trip, int sequence) => plan?.Routes
        .FirstOrDefault(r => string.Equals(r.VehicleId, vehicleId, StringComparison.Ordinal))?.Trips
        .FirstOrDefault(t => t.Number == trip)?.Stops.FirstOrDefault(s => s.Sequence == sequence);
}
