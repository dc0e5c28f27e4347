using Logistics.Planning.Formats.Json;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>The ways to serve a job: one, or one for each group of vehicles for which its times (<c>setup_per_type</c>, <c>service_per_type</c>) or its task cost (<c>per_task_hour</c>) differ.</summary>
internal static class VroomWays
{
    /// <param name="unit">Parts of a VROOM cost (<see cref="VroomMapping.UnitsPerCost"/>) in one of our cost units.</param>
    public static IReadOnlyList<Alternative> List(VroomJob job, List<VroomFleet.Entry> vehicles, long unit)
    {
        var groups = vehicles.Index().GroupBy(v => (Times: string.Join(' ', job.Visits.Select((visit, i) => TimesOf(visit, job.Times[i], v.Item.Type))), v.Item.PerTaskHour), v => v.Index).ToList();
        return [.. groups.Select(group =>
        {
            var vehicle = vehicles[group.First()];
            var visits = job.Visits.Select((visit, i) => With(visit, TimesOf(visit, job.Times[i], vehicle.Type))).ToList();
            return new Alternative
            {
                Skills = job.Skills,
                AllowedVehicles = groups.Count == 1 ? null : [.. group],
                PreferenceCost = vehicle.PerTaskHour * visits.Sum(v => (long)v.SetupSeconds + v.HandlingSeconds) * (VroomMapping.UnitsPerCost / 3600) / unit,
                Visits = visits,
            };
        })];
    }

    /// <summary>The way of <paramref name="vehicle"/>.</summary>
    public static int IndexFor(IReadOnlyList<Alternative> ways, int vehicle) => Math.Max(0, ways.ToList().FindIndex(w => w.AllowedVehicles?.Contains(vehicle) ?? true));

    /// <summary>A way's cost is the same wherever it comes in a route, so that paid setup must not be skippable.</summary>
    public static void CheckTaskCosts(List<VroomJob> jobs, List<VroomFleet.Entry> vehicles, JsonReading root)
    {
        var paying = vehicles.Where(v => v.PerTaskHour > 0).ToList();
        if (paying.Count == 0) return;
        var starts = paying.Where(v => v.Start is not null).Select(v => v.Start!.Place);
        var shared = jobs.SelectMany(j => j.Visits).Select(v => v.Place).Concat(starts.Distinct()).GroupBy(place => place).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet();
        foreach (var job in jobs)
            for (int i = 0; i < job.Visits.Count; i++)
                if (shared.Contains(job.Visits[i].Place) && paying.Exists(v => TimesOf(job.Visits[i], job.Times[i], v.Type).Setup > 0))
                    root.Fail("vehicles", $"costs.per_task_hour together with the setup of {job.Tasks[i].Type} {job.Tasks[i].Id}, which is skipped after another task at its place, is not supported.");
    }

    private static (int Setup, int Service) TimesOf(Visit visit, VroomTypeTimes times, string type) =>
        (times.Setup.GetValueOrDefault(type, visit.SetupSeconds), times.Service.GetValueOrDefault(type, visit.HandlingSeconds));

    private static Visit With(Visit visit, (int Setup, int Service) times) => visit with { SetupSeconds = times.Setup, HandlingSeconds = times.Service };
}
