using System.Net;
using System.Security.Cryptography.X509Certificates;
using Logistics.DeviceGateway.Identity;
using Logistics.Domain.Devices;
using Logistics.Storage.Devices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Logistics.DeviceGateway.Tests;

/// <summary>A real gateway on loopback over a real SQLite log in a folder of its own.</summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsFolder;

    private RunningGateway(WebApplication app, string folder, bool ownsFolder, bool hasTls, bool hasJt808)
    {
        _app = app;
        Folder = folder;
        _ownsFolder = ownsFolder;
        var ports = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address).Port).ToArray();
        Port = ports[0];
        WebPort = ports[1];
        (TlsPort, Jt808Port) = (hasTls ? ports[2] : 0, hasJt808 ? ports[^1] : 0);
    }

    public string Folder { get; }

    public int Port { get; }

    public int WebPort { get; }

    /// <summary>0 when it was not asked for.</summary>
    public int Jt808Port { get; }

    /// <summary>0 when it was started without a certificate.</summary>
    public int TlsPort { get; }

    public IServiceProvider Services => _app.Services;

    public IDeviceGateway Gateway => _app.Services.GetRequiredService<IDeviceGateway>();

    public IDeviceStore Store => _app.Services.GetRequiredService<IDeviceStore>();

    public static Task<RunningGateway> StartOpenAsync(string? folder = null) => StartAsync(GatewayOptions.Open, folder);

    /// <param name="folder">Null for a new one that is deleted at the end.</param>
    /// <param name="configure">Services to add before the gateway's own.</param>
    /// <param name="configureLast">Services to add after them.</param>
    /// <param name="map">Endpoints of the test's own on the web port.</param>
    public static async Task<RunningGateway> StartAsync(GatewayOptions options, string? folder = null, Action<IServiceCollection>? configure = null, X509Certificate2? tls = null, Action<IServiceCollection>? configureLast = null, bool hasJt808 = false, Action<WebApplication>? map = null)
    {
        var path = folder ?? Directory.CreateTempSubdirectory("gateway-test-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        configure?.Invoke(builder.Services);
        if (builder.Services.All(service => service.ServiceType != typeof(IDeviceStore)))
        {
            builder.Services.AddSingleton<IDeviceStore>(_ => new SqliteDeviceStore(Path.Combine(path, "device-log.db")));
        }

        builder.Services.AddSingleton(provider => (IDeviceCredentialStore)provider.GetRequiredService<IDeviceStore>());
        builder.Services.AddDeviceGateway(options);
        configureLast?.Invoke(builder.Services);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseMqtt());
            kestrel.Listen(IPAddress.Loopback, 0);
            if (tls is not null)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseMqttTls(tls));
            }

            if (hasJt808)
            {
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseJt808());
            }
        });
        var app = builder.Build();
        app.UseWebSockets();
        app.MapMqttWebSocket();
        if (!options.IsOpen)
        {
            app.MapDeviceClaim();
        }

        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningGateway(app, path, folder is null, tls is not null, hasJt808);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
