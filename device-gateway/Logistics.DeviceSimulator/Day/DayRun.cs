using Logistics.Domain.Devices;

namespace Logistics.DeviceSimulator.Day;

/// <summary>Runs every device through the day and checks the log afterwards.</summary>
internal static class DayRun
{
    /// <param name="giver">Gives commands meanwhile; null for none.</param>
    public static async Task<DayReport> RunAsync(Timetable timetable, DayOptions options, IDeviceStore store, CommandGiver? giver, CancellationToken cancellationToken)
    {
        var end = timetable.Start + options.Length;
        var scripts = new ScriptWriter(timetable, options.Misbehaviour, options.CompartmentsOf, options.Seed).Write(end);
        var before = DayCheck.EndOf(store);
        var last = scripts.SelectMany(script => script.Steps).Select(step => step.At).DefaultIfEmpty(timetable.Start).Max();
        var clock = new DayClock(timetable.Start, last < end ? last : end, options.Speed, TimeProvider.System);
        var devices = scripts.Select((script, index) => new SimulatedDevice(script, options, clock, options.Seed + 1 + index)).ToList();
        var giving = giver?.RunAsync(timetable.Start, clock, cancellationToken) ?? Task.CompletedTask;
        await Task.WhenAll([giving, .. devices.Select(device => device.RunAsync(cancellationToken))]).ConfigureAwait(false);
        var report = DayCheck.Run(store, before, devices);
        return giver is null ? report : report with { Faults = [.. report.Faults, .. await giver.CheckAsync(devices, cancellationToken).ConfigureAwait(false)] };
    }
}
