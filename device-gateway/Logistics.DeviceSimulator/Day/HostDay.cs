namespace Logistics.DeviceSimulator.Day;

/// <summary>Readies a day against a live web host: the lockers' real compartments, a credential for every device, somebody who gives commands.</summary>
internal static class HostDay
{
    /// <param name="isClaiming">Gives every device a new credential; otherwise they use what the options say.</param>
    public static async Task<DayOptions> PrepareAsync(HostApi host, Timetable timetable, DayOptions options, bool isClaiming, CancellationToken cancellationToken)
    {
        var compartments = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var locker in timetable.Terminals)
        {
            compartments[locker] = await host.ListCompartmentsAsync(locker, cancellationToken).ConfigureAwait(false);
        }

        var prepared = options with { CompartmentsOf = locker => compartments[locker] };
        if (!isClaiming)
        {
            return prepared;
        }

        var passwords = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var device in timetable.Devices)
        {
            passwords[device] = await host.ClaimAsync(device, cancellationToken).ConfigureAwait(false);
        }

        return prepared with { PasswordOf = device => passwords[device] };
    }

    /// <returns>Null when no commands are wanted, or there is no locker to give them to.</returns>
    public static CommandGiver? CreateGiver(HostApi host, Timetable timetable, DayOptions options, int commands)
    {
        var lockers = timetable.Terminals.Select(locker => (locker, options.CompartmentsOf(locker))).Where(pair => pair.Item2.Count > 0).ToList();
        return commands == 0 || lockers.Count == 0 ? null : new CommandGiver(host, lockers, commands, options.Seed);
    }
}
