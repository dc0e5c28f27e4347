using Logistics.Domain.Devices;

namespace Logistics.DeviceSimulator.Day;

/// <summary>A dispatcher who gives commands to lockers all day long, and compares at the end what the host says of each with what its locker did.</summary>
internal sealed class CommandGiver(HostApi host, IReadOnlyList<(string Device, IReadOnlyList<string> Compartments)> lockers, int count, int seed)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest life of an open command, and a minute for its answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    // Most commands open a door; the others change and tell what the next snapshot says.
    private static readonly CommandKind[] Kinds = [CommandKind.Open, CommandKind.Open, CommandKind.Open, CommandKind.Block, CommandKind.Unblock, CommandKind.Snapshot];

    private readonly List<(string Id, string Device)> _given = [];

    /// <summary>Gives the commands, evenly over the first nine tenths of the day.</summary>
    public async Task RunAsync(DateTimeOffset start, DayClock clock, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var at = start + ((clock.End - start) * 0.9 * (i + 0.5) / count);
            if (!clock.IsDue(at))
            {
                await Task.Delay(clock.RealTimeUntil(at), cancellationToken).ConfigureAwait(false);
            }

            var (device, compartments) = lockers[random.Next(lockers.Count)];
            var kind = Kinds[random.Next(Kinds.Length)];
            var compartment = kind == CommandKind.Snapshot ? null : compartments[random.Next(compartments.Count)];
            _given.Add((await host.GiveAsync(device, kind, compartment, cancellationToken).ConfigureAwait(false), device));
        }
    }

    /// <summary>Waits until every command has ended.</summary>
    /// <returns>What does not fit: the host's word against the locker's acts.</returns>
    public async Task<IReadOnlyList<string>> CheckAsync(IReadOnlyCollection<SimulatedDevice> devices, CancellationToken cancellationToken)
    {
        var known = devices.ToDictionary(device => device.Name, StringComparer.Ordinal);
        var began = TimeProvider.System.GetTimestamp();
        var faults = new List<string>();
        foreach (var (id, device) in _given)
        {
            var state = await host.FindStateAsync(id, cancellationToken).ConfigureAwait(false);
            while (state is CommandState.Pending or CommandState.Sent or CommandState.Delivered && TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Look, cancellationToken).ConfigureAwait(false);
                state = await host.FindStateAsync(id, cancellationToken).ConfigureAwait(false);
            }

            var acts = known[device].Acts.GetValueOrDefault(id);
            var fits = state switch
            {
                CommandState.Succeeded => acts == 1,
                CommandState.Expired or CommandState.Cancelled => acts == 0,
                CommandState.Failed => acts <= 1,
                // Everything a device answered was acknowledged, so nothing it did may stay unknown.
                CommandState.Unanswered => acts == 0,
                _ => false,
            };
            if (!fits)
            {
                faults.Add($"{device} acted {acts} times on {id}, which the host calls {state}");
            }
        }

        return faults;
    }
}
