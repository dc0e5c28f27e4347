namespace Logistics.Planning.Exact.Rosters;

/// <summary>A believable week of a city depot, by seed: for the demonstration, the tests and the benchmark.</summary>
public static class RosterSample
{
    private static readonly RosterShift[] Shifts =
    [
        new("early", 6 * 60, 14 * 60 + 30, 480, ["trike", "van"]),
        new("day", 8 * 60, 16 * 60 + 30, 480, ["trike", "van"]),
        new("late", 13 * 60, 21 * 60 + 30, 480, ["trike", "van"], IsUnpopular: true),
        new("short", 9 * 60, 13 * 60, 240, ["trike", "van"]),
        new("evening", 17 * 60, 21 * 60, 240, ["trike", "van"], IsUnpopular: true),
    ];

    /// <summary>Starts of the demand periods: every start and end of a shift cuts the day.</summary>
    private static readonly int[] Cuts = [6 * 60, 8 * 60, 9 * 60, 13 * 60, 14 * 60 + 30, 16 * 60 + 30, 17 * 60, 21 * 60];

    /// <summary>Share of the peak needed in each period between two cuts.</summary>
    private static readonly double[] Profile = [0.4, 0.75, 1.0, 0.95, 0.8, 0.6, 0.55];

    /// <summary>A week for <paramref name="couriers"/> couriers.</summary>
    /// <param name="couriers">At least 1.</param>
    /// <param name="seed">The same seed gives the same week.</param>
    /// <param name="load">Demand relative to what the contracts cover; above about 1 it cannot be met.</param>
    public static RosterProblem Week(int couriers, int seed, double load = 0.85)
    {
        var random = new Random(seed);
        var people = Enumerable.Range(0, couriers).Select(i => Courier(random, i)).ToList();
        var vans = couriers / 4;
        var vehicles = Enumerable.Range(0, couriers).Select(i => Vehicle(i, i < vans ? "van" : "trike")).ToList();
        return new RosterProblem
        {
            FirstDay = new DateOnly(2026, 11, 23),
            Shifts = Shifts,
            Couriers = people,
            Vehicles = vehicles,
            Demand = Demand(random, people, load),
            Wishes = [.. people.SelectMany(c => Wishes(random, c.Id))],
        };
    }

    private static RosterCourier Courier(Random random, int index)
    {
        var skills = new HashSet<string>(StringComparer.Ordinal);
        if (random.NextDouble() < 0.3) skills.Add("fresh");
        if (random.NextDouble() < 0.2) skills.Add("install");
        var classes = new HashSet<string>(StringComparer.Ordinal) { "trike" };
        if (random.NextDouble() < 0.5) classes.Add("van");
        var absent = new HashSet<int>();
        if (random.NextDouble() < 0.1)
        {
            var first = random.Next(7);
            for (var day = first; day < Math.Min(7, first + 1 + random.Next(3)); day++) absent.Add(day);
        }

        var isPartTime = random.NextDouble() < 0.2;
        return new RosterCourier
        {
            Id = $"c{index:00}",
            Name = $"Courier {index}",
            Skills = skills,
            VehicleClasses = classes,
            ContractMinutes = isPartTime ? 20 * 60 : 40 * 60,
            MaxMinutes = isPartTime ? 24 * 60 : 44 * 60,
            AbsentDays = absent,
            DaysWorkedBefore = random.Next(0, 5),
            RestedMinutesBefore = random.Next(2) == 0 ? 1440 : 150,
            UnpopularBefore = random.Next(0, 3),
        };
    }

    private static RosterVehicle Vehicle(int index, string vehicleClass)
    {
        // Plate rotation: two last digits stay off on each working day; trikes are exempt.
        var digit = index % 10;
        var barred = vehicleClass == "van" ? Enumerable.Range(0, 5).Where(day => digit % 5 == day).ToHashSet() : [];
        return new RosterVehicle($"v{index:00}", $"京A{10000 + (index * 7 % 1000 * 10) + digit}", vehicleClass, barred);
    }

    private static List<RosterDemand> Demand(Random random, List<RosterCourier> people, double load)
    {
        var hours = people.Sum(c => c.ContractMinutes * (7 - c.AbsentDays.Count) / 7.0) / 60;
        var profileHours = Enumerable.Range(0, Profile.Length).Sum(p => Profile[p] * (Cuts[p + 1] - Cuts[p])) / 60;
        var peak = load * hours / 7 / profileHours;
        var demand = new List<RosterDemand>();
        for (var day = 0; day < 7; day++)
        {
            // Mondays and the weekend bring more parcels.
            var factor = (day is 0 or 5 or 6 ? 1.1 : 0.93) + ((random.NextDouble() - 0.5) * 0.1);
            for (var p = 0; p < Profile.Length; p++)
                demand.Add(new(day, Cuts[p], Cuts[p + 1], (int)Math.Round(peak * factor * Profile[p])));
            demand.Add(new(day, Cuts[1], Cuts[3], Math.Max(1, (int)(peak * 0.12)), Skill: "fresh"));
            demand.Add(new(day, Cuts[2], Cuts[3], Math.Max(1, (int)(peak * 0.06)), Skill: "install"));
            demand.Add(new(day, Cuts[2], Cuts[3], Math.Max(1, (int)(peak * 0.15)), VehicleClass: "van"));
        }

        return demand;
    }

    private static IEnumerable<RosterWish> Wishes(Random random, string courier)
    {
        if (random.NextDouble() < 0.5) yield return new(courier, random.Next(7), RosterWishKind.DayOff, Weight: random.Next(1, 6));
        if (random.NextDouble() < 0.3) yield return new(courier, null, RosterWishKind.Avoid, Shifts[random.Next(Shifts.Length)].Id, random.Next(1, 4));
        if (random.NextDouble() < 0.3) yield return new(courier, random.Next(7), RosterWishKind.Want, Shifts[random.Next(3)].Id, random.Next(1, 4));
    }
}
