using System.Globalization;
using System.Text;
using Logistics.DeviceGateway.Broker;
using Logistics.DeviceGateway.Hub;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;
using Logistics.Storage.Devices;
using Logistics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.DeviceGateway.Tests.Broker;

/// <summary>The client role, against a real Mosquitto.</summary>
public sealed class BrokerBridgeTests
{
    private const string Up = "lg/v1/locker/ter_1/up/door";
    private const string Down = "lg/v1/locker/ter_1/down/open";

    [Theory]
    [InlineData(ProtocolVersion.V311)]
    [InlineData(ProtocolVersion.V5)]
    public async Task Events_reach_the_log_in_order_and_foreign_topics_do_not(ProtocolVersion version)
    {
        using var broker = await MosquittoServer.StartAsync();
        await using var gateway = await StartAsync(broker, version);
        await using var device = await ConnectAsync(broker, "ter_1", version);
        await device.PublishAsync("lg/v1/locker/ter_1/down/open", "{}"u8.ToArray(), 1, null, TestContext.Current.CancellationToken);
        await PublishAsync(device, 1, 500);
        await Eventually.TrueAsync(() => Sequences(gateway.Store).Count == 500);
        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), Sequences(gateway.Store));
    }

    [Fact]
    public async Task Events_published_while_we_are_away_wait_in_our_session()
    {
        using var broker = await MosquittoServer.StartAsync();
        using var folder = new TemporaryFolder();
        await using var device = await ConnectAsync(broker, "ter_1");
        await using (await StartAsync(broker, folder: folder.FullName))
        {
            // The session exists from here on.
        }

        await PublishAsync(device, 1, 50);
        await using var gateway = await StartAsync(broker, folder: folder.FullName);
        await Eventually.TrueAsync(() => Sequences(gateway.Store).Count == 50);
    }

    [Fact]
    public async Task Restart_of_the_broker_is_survived()
    {
        using var broker = await MosquittoServer.StartAsync();
        await using var gateway = await StartAsync(broker);
        await using (var device = await ConnectAsync(broker, "ter_1"))
        {
            await PublishAsync(device, 1, 10);
        }

        await Eventually.TrueAsync(() => Sequences(gateway.Store).Count == 10);
        broker.Stop();
        await broker.RunAsync();
        await using var again = await ConnectAsync(broker, "ter_1");
        await PublishAsync(again, 11, 10);
        await Eventually.TrueAsync(() => Sequences(gateway.Store).Count == 20);
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), Sequences(gateway.Store));
    }

    [Fact]
    public async Task Crash_between_commit_and_acknowledgement_is_absorbed_on_redelivery()
    {
        using var broker = await MosquittoServer.StartAsync();
        using var folder = new TemporaryFolder();
        using var store = new ForgetfulStore(new SqliteDeviceStore(folder.File("device-log.db")));
        await using var gateway = await StartAsync(broker, folder: folder.FullName, store: store);
        await using var device = await ConnectAsync(broker, "ter_1");
        store.FailsAfterCommit = true;
        await PublishAsync(device, 1, 20);
        await Eventually.TrueAsync(() => store.Failures > 0);
        store.FailsAfterCommit = false;
        await PublishAsync(device, 21, 1);
        await Eventually.TrueAsync(() => Sequences(gateway.Store).Contains(21));
        Assert.Equal(Enumerable.Range(1, 21).Select(i => (long)i), Sequences(gateway.Store).Order());
    }

    [Fact]
    public async Task Commands_go_out_through_the_broker_and_expired_ones_do_not()
    {
        using var broker = await MosquittoServer.StartAsync();
        await using var gateway = await StartAsync(broker);
        var cancel = TestContext.Current.CancellationToken;
        await using var device = await ConnectAsync(broker, "ter_1");
        await device.SubscribeAsync(["lg/v1/locker/ter_1/down/#"], 1, cancel);
        Assert.False(gateway.Gateway.IsConnected("ter_1"));
        await PublishAsync(device, 1, 1);
        await Eventually.TrueAsync(() => gateway.Gateway.IsConnected("ter_1"));
        var now = TimeProvider.System.GetUtcNow();
        var expired = await gateway.Gateway.SendNowAsync("ter_1", Down, "late"u8.ToArray(), now, cancel);
        Assert.Equal(DeliveryOutcome.Expired, expired.Refusal);
        var sent = await gateway.Gateway.SendNowAsync("ter_1", Down, "{}"u8.ToArray(), now.AddMinutes(1), cancel);
        Assert.True(sent.IsQueued);
        var delivery = await device.Deliveries.ReadAsync(cancel);
        Assert.Equal((Down, "{}", 1, false), (delivery.Topic, Encoding.UTF8.GetString(delivery.Payload), delivery.Qos, delivery.Retain));
        await using var late = await ConnectAsync(broker, "other");
        await late.SubscribeAsync([Down, "probe"], 1, cancel);
        await late.PublishAsync("probe", "x"u8.ToArray(), 1, null, cancel);
        // Had the command been retained, it would have come first.
        Assert.Equal("probe", (await late.Deliveries.ReadAsync(cancel)).Topic);
    }

    [Theory]
    [InlineData("mqtt://city.example", "city.example", 1883, false, null)]
    [InlineData("mqtts://gateway:p%40ss@city.example:8884", "city.example", 8884, true, "p@ss")]
    public void Endpoint_is_read_from_its_address(string text, string host, int port, bool isTls, string? password)
    {
        var endpoint = MqttEndpoint.TryParse(text, out _);
        Assert.Equal((host, port, isTls, password), (endpoint!.Host, endpoint.Port, endpoint.IsTls, endpoint.Password));
        Assert.DoesNotContain("p@ss", endpoint.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("city.example:1883")]
    [InlineData("http://city.example")]
    public void Other_addresses_are_refused_by_name(string text)
    {
        Assert.Null(MqttEndpoint.TryParse(text, out var error));
        Assert.Contains(text, error, StringComparison.Ordinal);
    }

    private static async Task<RunningGateway> StartAsync(MosquittoServer broker, ProtocolVersion version = ProtocolVersion.V5, string? folder = null, IDeviceStore? store = null)
    {
        var options = new BrokerOptions(new MqttEndpoint("127.0.0.1", broker.Port)) { Version = version };
        var gateway = await RunningGateway.StartAsync(
            GatewayOptions.Open,
            folder,
            services =>
            {
                if (store is not null)
                {
                    services.AddSingleton(store);
                }
            },
            configureLast: services => services.AddExternalBroker(options));
        var link = gateway.Services.GetRequiredService<BrokerLink>();
        await Eventually.TrueAsync(() => link.LinkedShards == options.Filters.Count);
        return gateway;
    }

    private static Task<MqttClient> ConnectAsync(MosquittoServer broker, string name, ProtocolVersion version = ProtocolVersion.V5) =>
        MqttClient.ConnectAsync(new MqttEndpoint("127.0.0.1", broker.Port), new ConnectRequest(Encoding.UTF8.GetBytes(name), version), TimeProvider.System, TestContext.Current.CancellationToken);

    private static async Task PublishAsync(MqttClient device, int first, int count)
    {
        for (var sequence = first; sequence < first + count; sequence++)
        {
            var payload = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"boot":1,"seq":{{sequence}},"at":1}"""));
            Assert.True(await device.PublishAsync(Up, payload, 1, null, TestContext.Current.CancellationToken) < ReasonCode.UnspecifiedError);
        }
    }

    private static List<long> Sequences(IDeviceStore store) => [.. store.ReadEvents(0, 10_000).Select(e => e.Sequence)];

    /// <summary>A store that commits and then fails: what the gateway sees is a death between commit and acknowledgement.</summary>
    private sealed class ForgetfulStore(SqliteDeviceStore inner) : IDeviceStore
    {
        public bool FailsAfterCommit { get; set; }

        public int Failures { get; private set; }

        public DeviceStoreState Load() => inner.Load();

        public void Commit(DeviceWriteSet set)
        {
            inner.Commit(set);
            if (FailsAfterCommit)
            {
                Failures++;
                throw new DeviceStoreException("died after the commit");
            }
        }

        public IReadOnlyList<SequenceMark> ListMarks(string device) => inner.ListMarks(device);

        public void Maintain() => inner.Maintain();

        public IReadOnlyList<DeviceEvent> ReadEvents(long afterPosition, int limit) => inner.ReadEvents(afterPosition, limit);

        public IReadOnlyList<DeviceEvent> ReadEvents(IReadOnlyList<long> positions) => inner.ReadEvents(positions);

        public IReadOnlyList<DeviceEvent> ReadQuarantine(long beforePosition, int limit, string? device) => inner.ReadQuarantine(beforePosition, limit, device);

        public void Dispose() => inner.Dispose();
    }
}
