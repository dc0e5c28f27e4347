using System.CommandLine;
using System.Globalization;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary><c>logistics forecast reserve</c>: plans a demo day by mean and by P90 reservation and plays both against lockers that empty at random.</summary>
internal static class ReserveCommand
{
    public static Command Create()
    {
        var parcels = ForecastInputs.Number("--parcels", 3000, "Parcels of the demo day.");
        var seconds = ForecastInputs.Number("--seconds", 15, "Solving time of each plan.");
        var seed = ForecastInputs.Number("--seed", 1, "Seed of the city, the search and the simulation.");
        var days = ForecastInputs.Number("--days", 500, "Simulated days for each plan.");
        var late = new Option<double>("--late") { Description = "Share of the parcels that come after planning, in [0, 0.5].", DefaultValueFactory = _ => 0.15 };
        var full = new Option<double>("--fill") { Description = "Share of every locker's boxes that are occupied at dawn at least, in [0, 0.95].", DefaultValueFactory = _ => 0.6 };
        var command = new Command("reserve", "Compare plans that reserve compartments by the mean and by P90 on the demo city.") { parcels, seconds, seed, days, late, full };
        command.SetAction((parsed, cancellation) => ForecastCommand.GuardAsync(parsed, async screen =>
        {
            var study = new ReserveStudy(parsed.GetValue(parcels), parsed.GetValue(seed), parsed.GetValue(late), parsed.GetValue(full));
            screen.WriteLine("policy            vehicles  assigned  left out  to boxes  full on arrival/day  days with any");
            foreach (var row in await study.RunAsync(parsed.GetValue(seconds), parsed.GetValue(days), cancellation))
            {
                screen.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Policy,-16} {row.Vehicles,9} {row.Assigned,9} {row.Unassigned,9} {row.Outcome.Deposits,9} {row.Outcome.FullPerDay,20:0.00} {row.Outcome.DaysWithAny,13:P0}"));
            }
        }));
        return command;
    }
}
