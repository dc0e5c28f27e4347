using System.CommandLine;
using System.Net.Sockets;
using Logistics.DeviceSimulator.Crash;
using Logistics.DeviceSimulator.Day;
using Logistics.DeviceSimulator.Fuzz;
using Logistics.DeviceSimulator.Hostile;
using Logistics.DeviceSimulator.Idle;
using Logistics.DeviceSimulator.Load;

var root = new RootCommand("Lockers, handhelds and vehicles that speak the real protocol, and loads that measure the gateway.")
{
    LoadCommand.Create(),
    CrashCommand.Create(),
    FuzzCommand.Create(),
    DayCommand.Create(),
    HostileCommand.Create(),
    IdleCommand.Create(),
};
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (SocketException e)
{
    await Console.Error.WriteLineAsync($"The gateway cannot be reached: {e.Message}. Maybe --host or --port is wrong, or it does not run.");
    return 2;
}
