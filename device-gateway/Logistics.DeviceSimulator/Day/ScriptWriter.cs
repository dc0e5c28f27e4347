using System.Globalization;
using Logistics.Domain.Devices;

namespace Logistics.DeviceSimulator.Day;

/// <summary>Turns a timetable into what each device does. Deterministic by seed: nothing here depends on the network or the clock.</summary>
internal sealed class ScriptWriter(Timetable timetable, Misbehaviour misbehaviour, Func<string, IReadOnlyList<string>> compartmentsOf, int seed)
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PositionInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PerParcel = TimeSpan.FromSeconds(20);

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, List<Step>> _lockers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _nextFree = new(StringComparer.Ordinal);

    /// <param name="until">Exclusive: nothing happens from then on.</param>
    public IReadOnlyList<DeviceScript> Write(DateTimeOffset until)
    {
        var scripts = new List<DeviceScript>();
        foreach (var terminal in timetable.Terminals)
        {
            _lockers[terminal] = [new Step(timetable.Start, "hello", Hello("locker-sim")), new Step(timetable.Start, "snapshot", Snapshot(terminal))];
        }

        foreach (var route in timetable.Routes)
        {
            scripts.Add(new DeviceScript(route.VehicleId, DeviceKind.Vehicle, VehicleSteps(route)));
            var courierSteps = DepositSteps(route);
            if (route.CourierId is { } courier)
            {
                scripts.Add(new DeviceScript(courier, DeviceKind.Handheld, courierSteps));
            }
        }

        scripts.AddRange(_lockers.Select(pair => new DeviceScript(pair.Key, DeviceKind.Locker, pair.Value)));
        // A vehicle or courier with several routes is one device.
        scripts = [.. scripts.GroupBy(script => (script.Device, script.Kind)).Select(group => new DeviceScript(group.Key.Device, group.Key.Kind, [.. group.SelectMany(script => script.Steps)]))];
        return [.. scripts.OrderBy(script => script.Device, StringComparer.Ordinal).Select(script => script with { Steps = Finish(script.Steps, until) })];
    }

    private static string Hello(string model) => $"\"firmware\":\"sim-1\",\"model\":\"{model}\",\"battery\":1,\"power\":\"mains\"";

    private string Snapshot(string terminal)
    {
        var boxes = compartmentsOf(terminal).Select(label => $$"""{"compartment":"{{label}}","door":"closed","occupied":false,"service":"inService"}""");
        return $"\"compartments\":[{string.Join(',', boxes)}]";
    }

    private static List<Step> VehicleSteps(TimetableRoute route)
    {
        var steps = new List<Step> { new(route.Stops[0].Arrival, "hello", Hello("vehicle-sim")) };
        for (var i = 1; i < route.Stops.Count; i++)
        {
            var (from, to) = (route.Stops[i - 1], route.Stops[i]);
            var drive = to.Arrival - from.Departure;
            for (var at = from.Departure; at < to.Arrival; at += PositionInterval)
            {
                var part = (at - from.Departure) / drive;
                steps.Add(new Step(at, "position", string.Create(CultureInfo.InvariantCulture,
                    $"\"lon\":{from.Lon + ((to.Lon - from.Lon) * part):F6},\"lat\":{from.Lat + ((to.Lat - from.Lat) * part):F6},\"datum\":\"wgs84\",\"speed\":8.5")));
            }
        }

        return steps;
    }

    private List<Step> DepositSteps(TimetableRoute route)
    {
        var steps = new List<Step> { new(route.Stops[0].Arrival, "hello", Hello("handheld-sim")) };
        foreach (var stop in route.Stops)
        {
            var at = stop.Arrival;
            foreach (var parcel in stop.ParcelIds)
            {
                at += PerParcel;
                AddDeposit(steps, stop.TerminalId, parcel, at);
            }
        }

        return steps;
    }

    private void AddDeposit(List<Step> steps, string? terminal, string parcel, DateTimeOffset at)
    {
        if (terminal is null)
        {
            steps.Add(new Step(at, "task", $"\"parcel\":\"{parcel}\",\"outcome\":\"done\",\"proof\":\"photo\""));
            return;
        }

        var box = _nextFree.GetValueOrDefault(terminal);
        var labels = compartmentsOf(terminal);
        if (box >= labels.Count || Chance(misbehaviour.FullLockers))
        {
            _lockers[terminal].Add(new Step(at, "fault", "\"code\":\"full\",\"state\":\"raised\""));
            steps.Add(new Step(at, "task", $"\"parcel\":\"{parcel}\",\"outcome\":\"failed\",\"reason\":\"locker full\""));
            return;
        }

        _nextFree[terminal] = box + 1;
        var label = labels[box];
        steps.Add(new Step(at, "scan", $"\"code\":\"{parcel}\",\"purpose\":\"deposit\",\"compartment\":\"{label}\""));
        steps.Add(new Step(at + TimeSpan.FromSeconds(12), "task", $"\"parcel\":\"{parcel}\",\"outcome\":\"done\""));
        _lockers[terminal].Add(new Step(at + TimeSpan.FromSeconds(2), "door", $"\"compartment\":\"{label}\",\"state\":\"open\",\"cause\":\"manual\""));
        _lockers[terminal].Add(new Step(at + TimeSpan.FromSeconds(8), "occupancy", $"\"compartment\":\"{label}\",\"state\":\"occupied\",\"parcel\":\"{parcel}\""));
        _lockers[terminal].Add(new Step(at + TimeSpan.FromSeconds(10), "door", $"\"compartment\":\"{label}\",\"state\":\"closed\",\"cause\":\"manual\""));
    }

    private List<Step> Finish(IReadOnlyList<Step> steps, DateTimeOffset until)
    {
        var first = steps.Min(step => step.At);
        var last = steps.Max(step => step.At);
        var all = new List<Step>(steps);
        for (var at = first + HeartbeatInterval; at < last; at += HeartbeatInterval)
        {
            all.Add(new Step(at, "heartbeat", "\"battery\":0.97,\"power\":\"mains\",\"temperature\":21.5"));
        }

        var cuts = all.Where(_ => Chance(misbehaviour.PowerCuts)).Select(step => Step.PowerCut(step.At)).ToList();
        return [.. all.Concat(cuts).Where(step => step.At < until).OrderBy(step => step.At).ThenBy(step => step.Message, StringComparer.Ordinal)];
    }

    private bool Chance(double probability) => _random.NextDouble() < probability;
}
