namespace Logistics.Planning.Exact.Rosters;

/// <summary>Hands out plates to duties of which only the class is known.</summary>
internal static class VehicleAllocation
{
    /// <summary>Indexes of the vehicles of a class that may drive on a day and that no lock reserves that day.</summary>
    public static IReadOnlyList<int> ListPool(RosterProblem problem, int day, string vehicleClass)
    {
        var reserved = problem.Locks.Where(l => l.Day == day && l.VehicleId is not null).Select(l => l.VehicleId!).ToHashSet(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, problem.Vehicles.Count).Where(i =>
            problem.Vehicles[i].Class == vehicleClass
            && !problem.Vehicles[i].BarredDays.Contains(day)
            && !reserved.Contains(problem.Vehicles[i].Id))];
    }

    /// <summary>The duties of the taken options, each with a vehicle where its shift drives one.</summary>
    /// <remarks>
    /// Taking the shifts of a day by start and giving each the vehicle that has been free longest never runs out while no
    /// moment needs more vehicles than there are: the classic colouring of an interval graph.
    /// </remarks>
    public static List<RosterDuty> Allocate(RosterProblem problem, IEnumerable<RosterOption> taken)
    {
        var duties = new List<RosterDuty>();
        foreach (var day in taken.GroupBy(o => (o.Day, Class: o.Vehicle is null ? o.VehicleClass : null)))
        {
            var free = day.Key.Class is null ? null : new PriorityQueue<int, (int FreeAt, int Index)>(
                ListPool(problem, day.Key.Day, day.Key.Class).Select(v => (v, (0, v))));
            foreach (var option in day.OrderBy(o => problem.Shifts[o.Shift].StartMinute).ThenBy(o => o.Courier))
            {
                var vehicle = option.Vehicle;
                if (free is not null)
                {
                    vehicle = free.Dequeue();
                    free.Enqueue(vehicle.Value, (problem.Shifts[option.Shift].EndMinute, vehicle.Value));
                }

                duties.Add(new(
                    problem.Couriers[option.Courier].Id, option.Day, problem.Shifts[option.Shift].Id,
                    vehicle is { } index ? problem.Vehicles[index].Id : null));
            }
        }

        return [.. duties.OrderBy(d => d.Day).ThenBy(d => d.CourierId, StringComparer.Ordinal)];
    }
}
