using System.Net;
using System.Security.Cryptography.X509Certificates;
using Logistics.DeviceGateway;
using Logistics.DeviceGateway.Broker;
using Logistics.DeviceGateway.Host;
using Logistics.DeviceGateway.Identity;
using Logistics.Domain.Devices;
using Logistics.Storage.Devices;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

if (HostArguments.TryParse(args, out var errors) is not { } options)
{
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, errors) + Environment.NewLine + HostArguments.Usage);
    return 2;
}

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
builder.Services.AddDeviceGateway(options.IsOpen ? GatewayOptions.Open : new GatewayOptions());
IDeviceStore log = options.Postgres is { } postgres ? new PostgresDeviceStore(postgres) : new SqliteDeviceStore(Path.Combine(options.Data, "device-log.db"));
if (options.Broker is { } broker)
{
    builder.Services.AddExternalBroker(broker);
}

builder.Services.AddSingleton(log);
builder.Services.AddSingleton((IDeviceCredentialStore)log);

builder.WebHost.ConfigureKestrel(kestrel =>
{
    // An open gateway is for the machine it runs on and nobody else.
    var address = options.IsOpen ? IPAddress.Loopback : IPAddress.Any;
    kestrel.AddServerHeader = false;
    kestrel.Listen(address, options.Port, listen => listen.UseMqtt());
    if (options.TlsPort is { } tlsPort)
    {
        kestrel.Listen(address, tlsPort, listen => listen.UseMqttTls(X509Certificate2.CreateFromPemFile(options.Certificate!)));
    }

    if (options.Jt808Port is { } jt808Port)
    {
        kestrel.Listen(address, jt808Port, listen => listen.UseJt808());
    }

    if (options.WebPort is { } webPort)
    {
        kestrel.Listen(address, webPort);
    }
});

var app = builder.Build();
app.UseWebSockets();
app.MapMqttWebSocket();
if (options.Claim is { } claim)
{
    if (options.Postgres is not null)
    {
        // Makes the tables; a SQLite store does so by itself.
        log.Load();
    }

    var code = await app.Services.GetRequiredService<ClaimDesk>().OfferAsync(claim.Device, claim.Kind, TimeSpan.FromDays(1), "command line", "--claim", CancellationToken.None);
    Console.WriteLine(code);
    return 0;
}

if (!options.IsOpen)
{
    app.MapDeviceClaim();
}

await app.StartAsync();
var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
Console.WriteLine($"listening {string.Join(' ', addresses)}");
await app.WaitForShutdownAsync();
return 0;
