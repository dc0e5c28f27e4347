using Logistics.Domain;

namespace Logistics.Planning.Demo;

/// <summary>Makes a believable Beijing service area with a day of parcels and its history, from a seed.</summary>
/// <remarks>Pure: equal options give equal records. Partners, people, phones and addresses are invented; neighbourhood names and places are real.</remarks>
public static class DemoCity
{
    // The calendar reaches back further than any short history: a forecast asks what the holidays and sales of the past did.
    private const int CalendarDaysBack = 400;

    /// <exception cref="ArgumentException">The options are out of range; the message lists everything wrong.</exception>
    public static DemoData Generate(DemoOptions options)
    {
        var problems = options.Check();
        if (problems.Count > 0) throw new ArgumentException(string.Join(' ', problems), nameof(options));

        // Each part draws from its own stream, so that a larger fleet does not change the parcels.
        var ids = new DemoIds(options.Day, options.Seed);
        var area = DemoNetwork.BuildArea(ids);
        var partners = DemoNetwork.BuildPartners(ids);
        var hubs = DemoHubs.Build(ids, options.Parcels, options.VehicleCount);
        var terminals = DemoNetwork.BuildTerminals(ids, Stream(options, 1), options.TerminalCount, partners);
        var vehicles = DemoFleet.BuildVehicles(ids, Stream(options, 2), options.VehicleCount, hubs);
        var couriers = DemoFleet.BuildCouriers(ids, Stream(options, 3), vehicles);
        var calendar = DemoCalendar.Build(options.Day.AddDays(-Math.Max(options.HistoryDays, CalendarDaysBack)), options.Day.AddDays(120));
        var rules = DemoRules.Build(ids, options.Day, vehicles);
        var network = new NetworkSnapshot(area, partners, hubs, terminals, vehicles, couriers, rules, calendar);

        var orders = new DemoOrders(ids, network, options.Day, Stream(options, 4));
        var parcels = orders.Build(options.Parcels);
        return new DemoData
        {
            Options = options,
            Network = network,
            Shifts = DemoFleet.BuildShifts(ids, area, options.Day, vehicles, couriers),
            Compartments = DemoLockers.Build(ids, Stream(options, 5), network, options.Day),
            Parcels = parcels,
            History = DemoHistory.Build(
                Stream(options, 6), network, options.Day, options.HistoryDays, orders.MeanByTerminal(options.Parcels), options.Parcels * DemoOrders.DoorOnlyShare),
        };
    }

    private static Draws Stream(DemoOptions options, int part) => new(unchecked((options.Seed * 1_000_003) + (part * 7_919)));
}
