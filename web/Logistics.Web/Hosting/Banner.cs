using Logistics.Web.Demo;
using Logistics.Web.Devices;

namespace Logistics.Web.Hosting;

/// <summary>What the console shows when the host is ready.</summary>
public static class Banner
{
    public static void Print(TextWriter console, IEnumerable<string> urls, DeviceListeners devices, HostSettings settings, IReadOnlyList<FirstAccount>? accounts)
    {
        console.WriteLine();
        console.WriteLine($"  Logistics is ready: {string.Join("  ", devices.WebUrls(urls))}");
        console.WriteLine($"  Devices: {Describe(devices)}");
        if (devices.Notice is { } notice) console.WriteLine($"  {notice}");
        console.WriteLine($"  Data: {(settings.Storage is null ? settings.DataDirectory : "PostgreSQL, keys in " + settings.DataDirectory)}");
        if (accounts is not null)
        {
            console.WriteLine();
            console.WriteLine("  Accounts (shown only now; an administrator can set new passwords on the Users page):");
            foreach (var a in accounts) console.WriteLine($"    {a.Name,-14} {a.Password,-22} {a.Role}{(a.Partner is null ? "" : $" ({a.Partner})")}");
        }
        else
        {
            console.WriteLine("  Accounts were shown at the first start. To set a new password: stop the host and run it with --reset-password <account>.");
        }
        console.WriteLine();
    }

    /// <summary>At the first start, while the database is being filled.</summary>
    public static void PrintListening(TextWriter console, IEnumerable<string> urls, DeviceListeners devices, HostSettings settings) =>
        console.WriteLine($"  Listening: {string.Join("  ", devices.WebUrls(urls))} – {(settings.IsEmpty ? "the database is being made" : $"the demo city of {settings.DemoParcels} parcels is being made")} …");

    private static string Describe(DeviceListeners devices)
    {
        var ways = new List<string> { $"MQTT on port {devices.MqttPort}" };
        if (devices.MqttTlsPort is { } tls) ways.Add($"MQTT over TLS on {tls}");
        if (devices.Jt808Port is { } jt808) ways.Add($"JT/T 808 on {jt808}");
        ways.Add("MQTT over WebSocket at /mqtt");
        return string.Join(", ", ways);
    }
}
