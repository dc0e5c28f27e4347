namespace Logistics.Domain.Devices;

/// <summary>An MQTT application message as it is kept: retained, queued for a session, or half-way through QoS 2.</summary>
/// <param name="Topic">UTF-8.</param>
/// <param name="Properties">Encoded MQTT 5 properties that travel with it; empty for none.</param>
/// <param name="Qos">As published, 0 to 2.</param>
/// <param name="Retain">As published.</param>
/// <param name="ExpiresAtUnixMs">Null for never.</param>
public sealed record StoredMessage(byte[] Topic, byte[] Properties, byte[] Payload, int Qos, bool Retain, long? ExpiresAtUnixMs)
{
    public bool IsExpired(long nowUnixMs) => ExpiresAtUnixMs <= nowUnixMs;
}
