using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Jobs: alternatives with places, sound pairs, windows, amounts and resource uses.</summary>
internal static class JobValidation
{
    public static void Validate(Job job, int index, ErrorList errors)
    {
        errors.About("Job", index, job.Id);
        errors.NotNegative("unservedCost", job.UnservedCost);
        if (job.Alternatives.Count == 0) errors.Add("alternatives", "[]", "must have at least one way to do the job");
        for (int a = 0; a < job.Alternatives.Count; a++) ValidateAlternative(job.Alternatives[a], $"alternatives[{a}]", errors);
    }

    private static void ValidateAlternative(Alternative alternative, string path, ErrorList errors)
    {
        int vehicles = errors.Problem.Vehicles.Count;
        bool isPair = alternative.Visits.Count == 2;
        if (alternative.Visits.Count is not (1 or 2)) errors.Add($"{path}.visits", alternative.Visits.Count, "must be one visit, or a pickup and a delivery");
        errors.NotNegative($"{path}.preferenceCost", alternative.PreferenceCost);
        errors.NotNegative($"{path}.level", alternative.Level);
        errors.NotNegative($"{path}.goodsClass", alternative.GoodsClass);
        errors.Time($"{path}.releaseTime", alternative.ReleaseTime);
        if (isPair && alternative.ReleaseTime > 0) errors.Add($"{path}.releaseTime", alternative.ReleaseTime, "is for single visits; a pair has its pickup's window");
        errors.NotNegative($"{path}.maxRideSeconds", alternative.MaxRideSeconds);
        if (!isPair && alternative.MaxRideSeconds is not null) errors.Add($"{path}.maxRideSeconds", alternative.MaxRideSeconds, "is for a pickup and a delivery only");
        for (int i = 0; i < (alternative.AllowedVehicles?.Count ?? 0); i++) errors.Index($"{path}.allowedVehicles[{i}]", alternative.AllowedVehicles![i], vehicles, "vehicles");
        for (int i = 0; i < alternative.ForbiddenVehicles.Count; i++) errors.Index($"{path}.forbiddenVehicles[{i}]", alternative.ForbiddenVehicles[i], vehicles, "vehicles");
        for (int v = 0; v < alternative.Visits.Count; v++) ValidateVisit(alternative.Visits[v], v, isPair, $"{path}.visits[{v}]", errors);
    }

    private static void ValidateVisit(Visit visit, int index, bool isPair, string path, ErrorList errors)
    {
        errors.Index($"{path}.place", visit.Place, errors.Problem.Places.Count, "places");
        errors.Windows($"{path}.windows", visit.Windows);
        errors.Time($"{path}.setupSeconds", visit.SetupSeconds);
        errors.Time($"{path}.handlingSeconds", visit.HandlingSeconds);
        errors.Time($"{path}.dueTime", visit.DueTime);
        errors.NotNegative($"{path}.costPerLateSecond", visit.CostPerLateSecond);
        errors.Load($"{path}.delivery", visit.Delivery);
        errors.Load($"{path}.pickup", visit.Pickup);
        if (isPair && visit.Delivery.Any(amount => amount != 0)) errors.Add($"{path}.delivery", $"[{string.Join(", ", visit.Delivery)}]", "is for single visits; a pair carries its first visit's pickup");
        if (isPair && index == 1 && visit.Pickup.Any(amount => amount != 0)) errors.Add($"{path}.pickup", $"[{string.Join(", ", visit.Pickup)}]", "must be on the first visit of a pair");
        for (int u = 0; u < visit.Uses.Count; u++) errors.Use($"{path}.uses[{u}]", visit.Uses[u]);
    }
}
