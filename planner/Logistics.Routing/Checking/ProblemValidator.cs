using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Refuses inconsistent problems with every error at once. Pure; O(size of the problem, matrices included).</summary>
/// <remarks>
/// A valid problem may still be infeasible (a required job nobody can reach): that is an answer, not an error. Pairs of places without a way are allowed and never used.
/// </remarks>
public static class ProblemValidator
{
    /// <summary>Every error; empty when the problem may be solved.</summary>
    public static IReadOnlyList<ProblemError> Validate(Problem problem)
    {
        var errors = new ErrorList(problem);
        if (problem.Dimensions < 1) errors.Add("dimensions", problem.Dimensions, "must be ≥ 1");
        if (problem.Places.Count == 0) errors.Add("places", 0, "must not be empty");
        if (problem.Profiles.Count == 0) errors.Add("profiles", 0, "must not be empty");
        for (int i = 0; i < problem.Profiles.Count; i++)
        {
            errors.About("Profile", i);
            TravelValidation.Validate(problem.Profiles[i], errors);
        }

        for (int i = 0; i < problem.Depots.Count; i++) ValidateDepot(problem.Depots[i], i, errors);
        for (int i = 0; i < problem.Resources.Count; i++) ValidateResource(problem.Resources[i], i, errors);
        for (int i = 0; i < problem.Vehicles.Count; i++) VehicleValidation.Validate(problem.Vehicles[i], i, errors);
        for (int i = 0; i < problem.Jobs.Count; i++) JobValidation.Validate(problem.Jobs[i], i, errors);
        ValidateRules(problem, errors);
        // What refers to other parts, and what multiplies them, is judged only when those parts are sound.
        if (errors.Errors.Count == 0) CommittedValidation.Validate(errors);
        if (errors.Errors.Count == 0) OverflowValidation.Validate(errors);
        return errors.Errors;
    }

    private static void ValidateDepot(Depot depot, int index, ErrorList errors)
    {
        errors.About("Depot", index, depot.Id);
        errors.Index("place", depot.Place, errors.Problem.Places.Count, "places");
        errors.Window("open", depot.Open);
        errors.Time("loadingSecondsPerTrip", depot.LoadingSecondsPerTrip);
        if (depot.Dock is { } dock) errors.Use("dock", dock);
    }

    private static void ValidateResource(SharedResource resource, int index, ErrorList errors)
    {
        errors.About("Resource", index, resource.Id);
        if (resource.CapacityByClass.Count == 0) errors.Add("capacityByClass", "[]", "must have at least one class");
        for (int c = 0; c < resource.CapacityByClass.Count; c++) errors.NotNegative($"capacityByClass[{c}]", resource.CapacityByClass[c]);
        errors.Time("slotSeconds", resource.SlotSeconds);
    }

    private static void ValidateRules(Problem problem, ErrorList errors)
    {
        for (int i = 0; i < problem.ServiceLevels.Count; i++)
        {
            var level = problem.ServiceLevels[i];
            errors.About("Service level", i);
            int jobs = problem.Jobs.Count(j => level.Group is null || j.Group == level.Group);
            if (level.MinJobs < 0 || level.MinJobs > jobs) errors.Add("minJobs", level.MinJobs, $"must be in [0, {jobs}], the jobs it counts");
            errors.NotNegative("maxLevel", level.MaxLevel);
        }

        for (int i = 0; i < problem.GoodsConflicts.Count; i++)
        {
            var conflict = problem.GoodsConflicts[i];
            errors.About("Goods conflict", i);
            if (conflict.ClassA < 1) errors.Add("classA", conflict.ClassA, "must be ≥ 1 (class 0 conflicts with nothing)");
            if (conflict.ClassB < 1) errors.Add("classB", conflict.ClassB, "must be ≥ 1 (class 0 conflicts with nothing)");
        }

        errors.About("Balance");
        errors.NotNegative("costPerUnit", problem.Balance?.CostPerUnit);
        if (problem.Disturbance is not { } rule) return;
        errors.About("Disturbance");
        errors.NotNegative("costPerJob", rule.CostPerJob);
        errors.NotNegative("maxJobs", rule.MaxJobs);
        if (rule.Previous.Count != problem.Jobs.Count) errors.Add("previous", rule.Previous.Count, $"must have one entry for each of the {problem.Jobs.Count} jobs");
        for (int job = 0; job < Math.Min(rule.Previous.Count, problem.Jobs.Count); job++)
        {
            if (rule.Previous[job] is not { } before) continue;
            errors.Index($"previous[{job}].vehicle", before.Vehicle, problem.Vehicles.Count, "vehicles");
            errors.Index($"previous[{job}].alternative", before.Alternative, problem.Jobs[job].Alternatives.Count, "the job's alternatives");
        }
    }
}
