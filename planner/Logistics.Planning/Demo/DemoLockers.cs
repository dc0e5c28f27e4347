using Logistics.Domain;

namespace Logistics.Planning.Demo;

/// <summary>Boxes of the lockers at dawn: most free, some still holding parcels of the days before, a few out of order.</summary>
internal static class DemoLockers
{
    public static IReadOnlyList<Compartment> Build(DemoIds ids, Draws draws, NetworkSnapshot network, DateOnly day)
    {
        var dawn = network.Area.InstantOf(day, 5 * 60);
        var compartments = new List<Compartment>();
        foreach (var terminal in network.Terminals.Where(t => t.Kind == TerminalKind.Locker))
        {
            // One locker in fifteen is nearly full: that is where plans get interesting.
            var fill = draws.Chance(0.067) ? draws.Uniform(0.85, 0.97) : draws.Uniform(0.12, 0.55);
            var label = 0;
            for (var size = SizeClass.S; size <= SizeClass.XL; size++)
            {
                for (var i = 0; i < terminal.Compartments[size]; i++)
                {
                    var isFaulty = draws.Chance(0.006);
                    var isOccupied = !isFaulty && draws.Chance(fill);
                    compartments.Add(new Compartment(ids.New(IdPrefix.Compartment), terminal.Id, $"{++label:000}", size)
                    {
                        Service = isFaulty ? CompartmentService.Faulty : CompartmentService.InService,
                        Use = !isOccupied ? CompartmentUse.Free : draws.Chance(0.08) ? CompartmentUse.Overdue : CompartmentUse.Occupied,
                        Since = isOccupied ? dawn.AddMinutes(-draws.Integer(9 * 60, 40 * 60)) : null,
                    });
                }
            }
        }

        return compartments;
    }
}
