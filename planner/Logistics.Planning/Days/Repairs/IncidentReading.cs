using System.Globalization;
using Logistics.Domain;
using Logistics.Routing.Model;
using Logistics.Routing.Replanning;

namespace Logistics.Planning.Days.Repairs;

/// <summary>Reads the day's incidents into the optimiser's.</summary>
/// <param name="model">The day's model with the places of late parcels.</param>
/// <param name="closed">The same with the closed areas; equal to <paramref name="model"/> when there are none.</param>
/// <param name="late">The model late parcels' jobs are taken from.</param>
internal sealed class IncidentReading(DayModel model, DayModel closed, DayModel late)
{
    /// <summary>Incidents that name what the day does not have.</summary>
    public List<RepairFault> Faults { get; } = [];

    public IReadOnlyList<Incident> Read(IReadOnlyList<DayIncident> incidents) => [.. incidents.SelectMany(Read)];

    private IEnumerable<Incident> Read(DayIncident incident)
    {
        switch (incident)
        {
            case VehicleBreaksDown broken when FindVehicle(broken.VehicleId) is { } vehicle:
                return [new VehicleBroken(vehicle, broken.IsCargoReachable ? model.Input.Network.Area.Defaults.DoorHandlingSeconds : null)];
            case VehicleDelayed delayed when FindVehicle(delayed.VehicleId) is { } vehicle:
                return [new VehicleLate(vehicle, model.Clock.SecondsOf(delayed.FreeAt))];
            case ParcelsCancelled cancelled:
                return [.. cancelled.ParcelIds.Select(id => FindJob(model, id, "parcel.noJob", "has no job in this plan")).OfType<int>().Select(job => new JobCancelled(job))];
            case ParcelsAdded added:
                return [.. added.ParcelIds.Where(IsNew).Select(id => FindJob(late, id, "parcel.unplannable", "cannot be planned")).OfType<int>().Select(job => new JobAdded(late.Problem.Jobs[job]))];
            case TerminalClosed shut:
                return FindPlace(shut.TerminalId) is { } place ? [new PlaceClosed(place, new ClosedInterval(model.Clock.SecondsOf(shut.From), shut.Until is { } until ? model.Clock.SecondsOf(until) : DayClock.HorizonSeconds))] : [];
            case TerminalFull full:
                return [.. model.Problem.Resources.Index().Where(r => string.Equals(r.Item.Id, ResourceLedger.CompartmentsPrefix + full.TerminalId, StringComparison.Ordinal))
                    .Select(r => new CapacityChanged(r.Index, [.. r.Item.CapacityByClass.Select(_ => 0)]))];
            case AreaClosed:
                return [.. closed.Problem.Profiles.Select((travel, profile) => new TravelChanged(profile, travel))];
            default: // the look-up has said what was wrong
                return [];
        }
    }

    private int? FindVehicle(string id)
    {
        if (model.IndexOfVehicle.TryGetValue(id, out var vehicle)) return vehicle;
        var plate = model.Input.Network.FindVehicle(id)?.Plate ?? id;
        Faults.Add(new RepairFault("vehicle.offDuty", plate, $"Vehicle {plate} is not on duty in this plan."));
        return null;
    }

    private bool IsNew(string parcelId)
    {
        if (!model.JobOfParcel.TryGetValue(parcelId, out var job)) return true;
        Faults.Add(new RepairFault("parcel.planned", model.Parcels[job].Waybill, $"Parcel {model.Parcels[job].Waybill} is part of the plan already."));
        return false;
    }

    private int? FindJob(DayModel day, string parcelId, string rule, string otherwise)
    {
        if (day.JobOfParcel.TryGetValue(parcelId, out var job)) return job;
        var reason = day.RuledOut.FirstOrDefault(u => u.ParcelId == parcelId)?.Message;
        var waybill = day.Input.Parcels.Concat(day.Input.LateParcels).FirstOrDefault(p => p.Id == parcelId)?.Waybill ?? parcelId;
        Faults.Add(new RepairFault(rule, waybill, string.Create(CultureInfo.InvariantCulture, $"Parcel {waybill} {otherwise}{(reason is null ? "." : $": {reason}")}")));
        return null;
    }

    private int? FindPlace(string terminalId)
    {
        for (var p = 0; p < model.Places.Count; p++)
            if (model.Places[p].Id == terminalId) return p;
        // Nobody goes there: nothing changes.
        return null;
    }
}
