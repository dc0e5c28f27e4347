using Logistics.DeviceGateway;
using Logistics.DeviceGateway.Observing;
using Logistics.DeviceGateway.Twins;

namespace Logistics.Web.Devices;

/// <summary>Health and counters of the gateway in this host.</summary>
public sealed class GatewayViews(IDeviceGateway gateway, GatewayMetrics metrics, TwinBook book, DeviceListeners listeners)
{
    public GatewayView Read()
    {
        var now = metrics.ReadTotals();
        return new GatewayView(
            gateway.IsHealthy, gateway.ConnectionCount, now.Committed, now.Duplicates, now.Quarantined, now.StoreFailures,
            now.Commits == 0 ? null : Math.Round(now.CommitTime.TotalMilliseconds / now.Commits, 2), now.Commits == 0 ? null : Math.Round((double)now.Committed / now.Commits, 1),
            gateway.LastPosition, Math.Max(0, gateway.LastPosition - book.Position), listeners.MqttPort, listeners.MqttTlsPort, listeners.Jt808Port, listeners.Notice);
    }
}
