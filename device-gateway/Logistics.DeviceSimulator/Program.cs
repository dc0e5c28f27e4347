using System.CommandLine;
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
return await root.Parse(args).InvokeAsync();
