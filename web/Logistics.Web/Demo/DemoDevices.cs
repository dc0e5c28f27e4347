using Logistics.Domain;
using Logistics.Domain.Devices;

namespace Logistics.Web.Demo;

/// <summary>The devices of the demo city: registered, without credentials, never heard of until a simulator or a real device drives them.</summary>
public static class DemoDevices
{
    public static IEnumerable<RegisteredDevice> Of(NetworkSnapshot network, DateTimeOffset now)
    {
        foreach (var terminal in network.Terminals.Where(t => t.Kind == TerminalKind.Locker))
        {
            yield return new RegisteredDevice(IdOf("locker", terminal.Code), DeviceKind.Locker, terminal.Name) { TerminalId = terminal.Id, RegisteredAt = now };
        }
        // A plate begins with a Chinese character, which has no place in a device identifier.
        foreach (var (number, vehicle) in network.Vehicles.Index())
        {
            yield return new RegisteredDevice(FormattableString.Invariant($"vehicle-{number + 1:000}"), DeviceKind.Vehicle, vehicle.Plate) { VehicleId = vehicle.Id, RegisteredAt = now };
        }
        foreach (var courier in network.Couriers)
        {
            yield return new RegisteredDevice(IdOf("handheld", courier.Code), DeviceKind.Handheld, courier.Name) { CourierId = courier.Id, RegisteredAt = now };
        }
    }

    private static string IdOf(string kind, string code) => $"{kind}-{code.ToLowerInvariant()}";
}
