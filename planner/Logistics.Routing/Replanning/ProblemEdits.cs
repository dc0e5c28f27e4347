using Logistics.Routing.Model;

namespace Logistics.Routing.Replanning;

/// <summary>Copies of a problem with one part replaced.</summary>
internal static class ProblemEdits
{
    public static Problem ChangeJob(this Problem problem, int job, Func<Job, Job> change) => problem with { Jobs = [.. problem.Jobs.Select((j, i) => i == job ? change(j) : j)] };

    public static Problem ChangeVehicle(this Problem problem, int vehicle, Func<Vehicle, Vehicle> change) =>
        problem with { Vehicles = [.. problem.Vehicles.Select((v, i) => i == vehicle ? change(v) : v)] };
}
