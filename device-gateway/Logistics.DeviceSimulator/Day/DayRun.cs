using Logistics.Domain.Devices;

namespace Logistics.DeviceSimulator.Day;

/// <summary>Runs every device through the day and checks the log afterwards.</summary>
internal static class DayRun
{
    public static async Task<DayReport> RunAsync(Timetable timetable, DayOptions options, IDeviceStore store, CancellationToken cancellationToken)
    {
        var end = timetable.Start + options.Length;
        var scripts = new ScriptWriter(timetable, options.Misbehaviour, options.Compartments, options.Seed).Write(end);
        var before = DayCheck.EndOf(store);
        var last = scripts.SelectMany(script => script.Steps).Select(step => step.At).DefaultIfEmpty(timetable.Start).Max();
        var clock = new DayClock(timetable.Start, last < end ? last : end, options.Speed, TimeProvider.System);
        var devices = scripts.Select((script, index) => new SimulatedDevice(script, options, clock, options.Seed + 1 + index)).ToList();
        await Task.WhenAll(devices.Select(device => device.RunAsync(cancellationToken))).ConfigureAwait(false);
        return DayCheck.Run(store, before, devices);
    }
}
