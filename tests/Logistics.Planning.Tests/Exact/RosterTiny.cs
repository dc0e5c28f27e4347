using Logistics.Planning.Exact.Rosters;

namespace Logistics.Planning.Tests.Exact;

/// <summary>Teams so small that every roster can be written down.</summary>
internal static class RosterTiny
{
    /// <summary>Three couriers, two days, two shifts without vehicles: 3^6 = 729 rosters.</summary>
    public static RosterProblem Random(int seed)
    {
        var random = new Random(seed);
        string[] shifts = ["early", "late"];
        return new RosterProblem
        {
            FirstDay = new DateOnly(2026, 11, 23),
            Days = 2,
            Shifts = [new("early", 360, 840, 480, []), new("late", 780, 1200, 420, [], IsUnpopular: true)],
            Couriers =
            [
                .. Enumerable.Range(0, 3).Select(i => new RosterCourier
                {
                    Id = $"c{i}",
                    Hub = i == 0 ? "north" : "south",
                    ContractMinutes = random.Next(0, 17) * 60,
                    MaxMinutes = random.Next(6, 18) * 60,
                    Skills = random.Next(2) == 0 ? new HashSet<string> { "fresh" } : [],
                    DaysWorkedBefore = random.Next(4, 7),
                    RestedMinutesBefore = random.Next(200, 600),
                    UnpopularBefore = random.Next(0, 3),
                }),
            ],
            Demand =
            [
                .. from day in Enumerable.Range(0, 2)
                   from period in new[] { (Start: 360, End: 780), (Start: 840, End: 1200) }
                   select new RosterDemand(day, period.Start, period.End, random.Next(0, 4), random.Next(3) == 0 ? "fresh" : null, Priority: random.Next(1, 3), Hub: random.Next(3) switch { 0 => "north", 1 => "south", _ => null }),
            ],
            Wishes =
            [
                .. Enumerable.Range(0, 4).Select(_ => new RosterWish(
                    $"c{random.Next(3)}", random.Next(2), (RosterWishKind)random.Next(1, 3), shifts[random.Next(2)], random.Next(1, 6))),
                new("c0", random.Next(2), RosterWishKind.DayOff),
            ],
        };
    }

    /// <summary>Every assignment of shift or nothing to every cell, lawful or not.</summary>
    public static IEnumerable<IReadOnlyList<RosterDuty>> EnumerateAll(RosterProblem problem)
    {
        var cells = (from c in problem.Couriers from day in Enumerable.Range(0, problem.Days) select (c.Id, Day: day)).ToArray();
        var ways = problem.Shifts.Count + 1;
        for (var code = 0; code < (int)Math.Pow(ways, cells.Length); code++)
        {
            var duties = new List<RosterDuty>();
            for (var (cell, rest) = (0, code); cell < cells.Length; cell++, rest /= ways)
                if (rest % ways > 0) duties.Add(new(cells[cell].Id, cells[cell].Day, problem.Shifts[(rest % ways) - 1].Id, null));
            yield return duties;
        }
    }
}
