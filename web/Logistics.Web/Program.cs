using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Devices;
using Logistics.Web.Hosting;

if (args.Contains("--help"))
{
    Console.WriteLine(HostSettings.Usage);
    return 0;
}
if (HostSettings.Parse(args, Environment.GetEnvironmentVariable, out var problems) is not { } settings)
{
    foreach (var problem in problems) Console.Error.WriteLine(problem);
    Console.Error.WriteLine("Run with --help for the options.");
    return 2;
}
try
{
    if (settings.ResetAccount is not null) return await PasswordReset.RunAsync(settings, Console.Out);
    await using var app = await LogisticsHost.BuildAsync(settings, TimeProvider.System);
    await app.StartAsync();
    var (ready, listeners) = (app.Services.GetRequiredService<Beginning>().Ready, app.Services.GetRequiredService<DeviceListeners>());
    if (!ready.IsCompleted) Banner.PrintListening(Console.Out, app.Urls, listeners, settings);
    var end = app.WaitForShutdownAsync();
    if (await Task.WhenAny(ready, end) == ready) Banner.Print(Console.Out, app.Urls, listeners, settings, await ready);
    await end;
    return 0;
}
catch (StorageException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (IOException e) when (DiskSpace.IsFull(e))
{
    Console.Error.WriteLine($"The disk is full: {e.Message} Free space in {settings.DataDirectory}, or start with --data on another disk.");
    return 1;
}
catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    Console.Error.WriteLine($"{e.Message} Stop the other program or choose another address with --urls http://localhost:<port>.");
    return 1;
}
