using System.Net;
using System.Net.Sockets;
using System.Text;
using Logistics.DeviceGateway.Security;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;
using Logistics.Storage.Devices;
using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>A locker's drawing in the page while a real client drives it.</summary>
[Collection(nameof(DemoCityCollection))]
public sealed class DevicesPageTests(RunningHost host, Browser browser)
{
    private const string Secret = "a-secret-of-the-locker";

    [Fact]
    public async Task Door_opened_over_mqtt_opens_in_the_drawing()
    {
        await using var person = await browser.SignInAsync(host, "dispatcher");
        var page = person.Page;
        var device = (await page.EvaluateAsync<string>("async () => (await (await fetch('/api/devices')).json()).find(d => d.kind === 'locker').id"))!;
        using (var log = new SqliteDeviceStore(Path.Combine(host.DataFolder, "device-log.db")))
        {
            await log.SaveAsync(new DeviceCredential(device, DeviceKind.Locker, PasswordHash.OfSecret(Secret), [], false, 1), TestContext.Current.CancellationToken);
        }

        await page.GotoAsync($"{host.Address}/devices?sel={device}");
        await Assertions.Expect(page.Locator(".device-inspector .note")).ToBeVisibleAsync();
        var box = page.Locator(".cabinet .door").First;
        await Assertions.Expect(box).ToHaveAttributeAsync("data-door", "none");
        var label = await box.GetAttributeAsync("data-compartment");

        using var locker = Connect(device);
        Publish(locker, device, "door", 1, $"\"compartment\":\"{label}\",\"state\":\"open\",\"cause\":\"manual\"");
        Publish(locker, device, "occupancy", 2, $"\"compartment\":\"{label}\",\"state\":\"occupied\",\"parcel\":\"JT0001\"");
        await Assertions.Expect(box).ToHaveAttributeAsync("data-door", "open");
        await Assertions.Expect(box).ToHaveAttributeAsync("data-occupied", "full");
        await Assertions.Expect(page.Locator(".device-inspector h2")).ToContainTextAsync("Online");

        await page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Events" }).ClickAsync();
        await Assertions.Expect(page.Locator(".event-stream li")).ToHaveCountAsync(2);
        Publish(locker, device, "door", 3, $"\"compartment\":\"{label}\",\"state\":\"closed\"");
        await Assertions.Expect(page.Locator(".event-stream li")).ToHaveCountAsync(3);
    }

    private Socket Connect(string device)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = Browser.PatienceMs };
        socket.Connect(IPAddress.Loopback, host.MqttPort);
        var id = Encoding.UTF8.GetBytes(device);
        socket.Send(ClientPackets.Connect(new ConnectRequest(id, ProtocolVersion.V311, UserName: id, Password: Encoding.UTF8.GetBytes(Secret))));
        Assert.Equal([0x20, 2, 0, 0], Receive(socket));
        return socket;
    }

    private static void Publish(Socket socket, string device, string message, ushort packetId, string members)
    {
        var topic = Encoding.UTF8.GetBytes($"lg/v1/locker/{device}/up/{message}");
        var payload = Encoding.UTF8.GetBytes($$"""{"boot":1,"seq":{{packetId}},"at":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}},{{members}}}""");
        var head = new PublishHead(ProtocolVersion.V311, 1, false, false, packetId, null);
        var packet = new byte[PublishWriter.Measure(head, topic, default, default, payload.Length)];
        PublishWriter.Write(packet, head, topic, default, default, payload);
        socket.Send(packet);
        Assert.Equal([0x40, 2, 0, (byte)packetId], Receive(socket));
    }

    private static byte[] Receive(Socket socket)
    {
        var answer = new byte[4];
        for (var count = 0; count < answer.Length;)
        {
            var read = socket.Receive(answer.AsSpan(count));
            Assert.NotEqual(0, read);
            count += read;
        }
        return answer;
    }
}
