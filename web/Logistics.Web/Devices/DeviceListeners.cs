using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Logistics.DeviceGateway;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Logistics.Web.Devices;

/// <summary>The endpoints of Kestrel: the web's, then the devices'. After the start it knows their real ports.</summary>
/// <param name="beginning">Devices that connect before the gateway has started wait for it.</param>
public sealed class DeviceListeners(DevicePorts ports, Beginning beginning)
{
    private ListenOptions? _mqtt, _tls, _jt808;

    public string? Notice => ports.Notice;

    public int? MqttPort => _mqtt?.IPEndPoint?.Port;

    public int? MqttTlsPort => _tls?.IPEndPoint?.Port;

    public int? Jt808Port => _jt808?.IPEndPoint?.Port;

    /// <param name="urls">As in <c>--urls</c>; Kestrel ignores them once an endpoint is named in code, so all are named here.</param>
    public void Configure(KestrelServerOptions kestrel, string urls)
    {
        kestrel.AddServerHeader = false;
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) ListenWeb(kestrel, BindingAddress.Parse(url));
        kestrel.Listen(IPAddress.Any, ports.MqttPort, listen => AfterBeginning(_mqtt = listen).UseMqtt());
        if (ports.MqttTls is { } tlsPort)
        {
            var certificate = X509Certificate2.CreateFromPemFile(ports.Certificate!);
            kestrel.Listen(IPAddress.Any, tlsPort, listen => AfterBeginning(_tls = listen).UseMqttTls(certificate));
        }
        if (ports.Jt808 is { } jt808Port) kestrel.Listen(IPAddress.Any, jt808Port, listen => AfterBeginning(_jt808 = listen).UseJt808());
    }

    /// <summary>The addresses a browser can open, out of all that Kestrel names.</summary>
    public IEnumerable<string> WebUrls(IEnumerable<string> all)
    {
        var own = new[] { MqttPort, MqttTlsPort, Jt808Port }.OfType<int>().Select(port => string.Create(CultureInfo.InvariantCulture, $":{port}")).ToList();
        return all.Where(url => !own.Exists(port => url.TrimEnd('/').EndsWith(port, StringComparison.Ordinal)));
    }

    private ListenOptions AfterBeginning(ListenOptions listen)
    {
        listen.Use(next => async connection =>
        {
            await beginning.Ready.WaitAsync(connection.ConnectionClosed);
            await next(connection);
        });
        return listen;
    }

    private static void ListenWeb(KestrelServerOptions kestrel, BindingAddress address)
    {
        Action<ListenOptions> configure = address.Scheme == Uri.UriSchemeHttps ? listen => listen.UseHttps() : static _ => { };
        if (address.IsUnixPipe) kestrel.ListenUnixSocket(address.UnixPipePath, configure);
        else if (IPAddress.TryParse(address.Host, out var ip)) kestrel.Listen(ip, address.Port, configure);
        else if (string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)) kestrel.ListenLocalhost(address.Port, configure);
        else kestrel.ListenAnyIP(address.Port, configure);
    }
}
