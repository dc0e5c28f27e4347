namespace Logistics.Mqtt.Packets;

/// <summary>The options byte of a subscription (3.8.3.1).</summary>
public readonly record struct SubscriptionOptions(byte Value)
{
    /// <summary>Highest QoS at which messages are sent, 0 to 2.</summary>
    public int Qos => Value & 3;

    /// <summary>Messages the subscriber published itself are not sent back.</summary>
    public bool NoLocal => (Value & 4) != 0;

    /// <summary>The retain flag is forwarded as published, instead of cleared.</summary>
    public bool RetainAsPublished => (Value & 8) != 0;

    /// <summary>0: send retained messages; 1: only if the subscription is new; 2: never.</summary>
    public int RetainHandling => (Value >> 4) & 3;

    /// <param name="isVersion5">Earlier versions know only the QoS bits.</param>
    public static bool IsValid(byte value, bool isVersion5)
    {
        if (!isVersion5)
        {
            return value <= 2;
        }

        return (value & 3) != 3 && (value & 0x30) != 0x30 && (value & 0xC0) == 0;
    }
}
