namespace Logistics.Mqtt.Wire;

/// <summary>The protocol level byte of CONNECT.</summary>
/// <remarks>3.1 ("MQIsdp") is accepted because old scanners still speak it; it follows the 3.1.1 rules.</remarks>
public enum ProtocolVersion : byte
{
    Unknown = 0,
    V31 = 3,
    V311 = 4,
    V5 = 5,
}
