using System.Diagnostics;
using System.Text;
using Logistics.DeviceGateway.Broker;
using Logistics.DeviceSimulator.Load;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceSimulator.Hostile;

/// <summary>A well-behaved device that publishes all the while: the others' misdeeds must not touch it.</summary>
internal sealed class Bystander(MqttClient client) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private LatencyHistogram _latency = new();

    public bool IsConnected => !client.Closed.IsCompleted;

    public static async Task<Bystander> StartAsync(HostileTarget target, CancellationToken cancellationToken)
    {
        var request = new ConnectRequest("bystander"u8.ToArray(), ProtocolVersion.V5);
        return new Bystander(await MqttClient.ConnectAsync(new MqttEndpoint(target.Host, target.Port), request, TimeProvider.System, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Publishes every ten milliseconds until it is stopped.</summary>
    public async Task RunAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var payload = Encoding.UTF8.GetBytes(new string('b', 200));
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                var began = Stopwatch.GetTimestamp();
                await client.PublishAsync("bystander/says", payload, 1, null, _stop.Token).ConfigureAwait(false);
                _latency.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Stopped, or thrown out: IsConnected tells.
        }
    }

    /// <summary>Latencies since the last call.</summary>
    public LatencyHistogram TakeLatencies() => Interlocked.Exchange(ref _latency, new LatencyHistogram());

    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await client.DisposeAsync().ConfigureAwait(false);
    }

    public void Dispose() => _stop.Dispose();
}
