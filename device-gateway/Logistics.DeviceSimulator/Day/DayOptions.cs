using Logistics.DeviceGateway.Broker;

namespace Logistics.DeviceSimulator.Day;

/// <summary>How a simulated day runs.</summary>
/// <param name="Boot">First boot epoch of every device; greater than that of earlier runs against the same log.</param>
/// <param name="Speed">Timetable seconds in a real second.</param>
/// <param name="Password">Of every device; null for an open gateway.</param>
internal sealed record DayOptions(MqttEndpoint Endpoint, Misbehaviour Misbehaviour, int Seed, long Boot, double Speed, TimeSpan Length, int Compartments, string? Password);
