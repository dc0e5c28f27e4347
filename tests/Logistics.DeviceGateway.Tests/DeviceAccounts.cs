using Logistics.DeviceGateway.Security;
using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.DeviceGateway.Tests;

/// <summary>Devices with one password, for tests that are not about passwords.</summary>
internal static class DeviceAccounts
{
    public const string Secret = "a-secret-of-the-device";

    /// <summary>Lets any of these devices in as lockers (or as <paramref name="kind"/>).</summary>
    public static void Add(IServiceCollection services, string device, DeviceKind kind = DeviceKind.Locker) =>
        services.AddSingleton<IDeviceAuthenticator>(new OneDevice(new DeviceCredential(device, kind, null, [], false, 1)));

    public static WirePeer Connect(RunningGateway gateway, string device, ProtocolVersion version)
    {
        var peer = new WirePeer(gateway.Port);
        Assert.Equal(0, peer.Connect(device, version, request => request with { UserName = Packets.Utf8(device), Password = Packets.Utf8(Secret) })![3]);
        return peer;
    }

    private sealed class OneDevice(DeviceCredential credential) : IDeviceAuthenticator
    {
        public ValueTask<AuthenticationOutcome> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(request.ClientId == credential.Device ? new AuthenticationOutcome(ReasonCode.Success, credential) : new AuthenticationOutcome(ReasonCode.BadUserNameOrPassword, null));

        public void Forget(string device)
        {
            // Nothing is remembered.
        }
    }
}
