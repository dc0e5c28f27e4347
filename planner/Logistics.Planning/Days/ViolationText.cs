using Logistics.Domain;
using Logistics.Routing.Checking;

namespace Logistics.Planning.Days;

/// <summary>The checker's findings with plates and waybills instead of indexes.</summary>
internal static class ViolationText
{
    public static string Write(DayModel model, Violation violation)
    {
        var text = violation.ToString();
        if (violation.Vehicle >= 0) text = text.Replace($"({model.Problem.Vehicles[violation.Vehicle].Id})", $"({model.Vehicles[violation.Vehicle].Vehicle.Plate})", StringComparison.Ordinal);
        if (violation.Job >= 0) text = text.Replace($"({model.Problem.Jobs[violation.Job].Id})", $"({model.Parcels[violation.Job].Waybill})", StringComparison.Ordinal);
        return text;
    }

    /// <summary>The parcel a violation concerns; null when it concerns a route or the whole plan.</summary>
    public static Parcel? ParcelOf(DayModel model, Violation violation) => violation.Job >= 0 ? model.Parcels[violation.Job] : null;
}
