using Logistics.DeviceGateway.Identity;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Connections;

/// <summary>What an accepted CONNECT asked for, kept after its packet is gone.</summary>
internal sealed class ConnectInfo
{
    public required string ClientId { get; init; }

    /// <summary>True when the gateway made the client identifier.</summary>
    public bool IsAssignedId { get; init; }

    public required ProtocolVersion Version { get; init; }

    public bool CleanStart { get; private set; }

    /// <summary>Seconds after the limits; 0 for never.</summary>
    public ushort KeepAliveSeconds { get; init; }

    /// <summary>True when <see cref="KeepAliveSeconds"/> differs from what the client asked for.</summary>
    public bool IsKeepAliveImposed { get; init; }

    /// <summary>Seconds after the limits; <see cref="uint.MaxValue"/> for never.</summary>
    public uint SessionExpirySeconds { get; private set; }

    public bool IsSessionExpiryImposed { get; private set; }

    /// <summary>Messages the client takes unacknowledged.</summary>
    public int ReceiveMaximum { get; init; }

    /// <summary>Bytes the client takes in one packet.</summary>
    public uint MaximumPacketSize { get; init; }

    /// <summary>Aliases the client lets us use towards it; 0 for none.</summary>
    public int TopicAliasMaximum { get; init; }

    public StoredMessage? Will { get; init; }

    public uint WillDelaySeconds { get; init; }

    /// <summary>Null in an open gateway.</summary>
    public DeviceCredential? Device { get; set; }

    /// <summary>The secret to send first; null for a client that had one.</summary>
    public IssuedCredential? Issued { get; private set; }

    /// <summary>Drawn when the client began to prove itself: a credential that was changed later is not the one it showed.</summary>
    public long Ticket { get; set; }

    /// <summary>Makes this the connection of a claim: its session ends with it, so that the secret is never stored.</summary>
    public void Issue(IssuedCredential issued)
    {
        Issued = issued;
        CleanStart = true;
        IsSessionExpiryImposed = Version == ProtocolVersion.V5 && SessionExpirySeconds != 0;
        SessionExpirySeconds = 0;
    }

    public static ConnectInfo From(in ConnectPacket packet, GatewayOptions options, string clientId)
    {
        var isVersion5 = packet.Version == ProtocolVersion.V5;
        var asked = AskedExpiry(packet);
        var expiry = Math.Min(asked, options.MaximumSessionExpirySeconds);
        // Before MQTT 5 the server cannot say that it will be stricter; an open gateway lets a silent client stay.
        var isNone = packet.KeepAlive == 0 && !options.IsOpen;
        var isTooLong = isVersion5 && (isNone || packet.KeepAlive > options.MaximumKeepAliveSeconds);
        var keepAlive = isTooLong ? options.MaximumKeepAliveSeconds : packet.KeepAlive;

        return new ConnectInfo
        {
            ClientId = clientId,
            IsAssignedId = packet.ClientId.IsEmpty,
            Version = packet.Version,
            CleanStart = packet.CleanStart,
            KeepAliveSeconds = keepAlive,
            IsKeepAliveImposed = keepAlive != packet.KeepAlive,
            SessionExpirySeconds = expiry,
            IsSessionExpiryImposed = isVersion5 && expiry != asked,
            ReceiveMaximum = Math.Min(isVersion5 ? packet.Properties.ReceiveMaximum : ushort.MaxValue, options.MaximumOutboundInFlight),
            MaximumPacketSize = isVersion5 ? packet.Properties.MaximumPacketSize : uint.MaxValue,
            TopicAliasMaximum = isVersion5 ? Math.Min(packet.Properties.TopicAliasMaximum, options.TopicAliasMaximum) : 0,
            Will = packet.HasWill ? WillOf(packet) : null,
            WillDelaySeconds = packet.HasWill && isVersion5 ? packet.WillProperties.WillDelayInterval : 0,
        };
    }

    private static uint AskedExpiry(in ConnectPacket packet)
    {
        if (packet.Version == ProtocolVersion.V5)
        {
            return packet.Properties.SessionExpiryInterval;
        }

        return packet.CleanStart ? 0 : uint.MaxValue;
    }

    private static StoredMessage WillOf(in ConnectPacket packet)
    {
        var properties = new byte[packet.WillProperties.Raw.Length];
        var length = ForwardedProperties.Copy(packet.WillProperties.Raw, properties);
        // The expiry counts from the moment the will is published; until then it holds the interval itself.
        long? interval = packet.WillProperties.Has(PropertyId.MessageExpiryInterval) ? packet.WillProperties.MessageExpiryInterval * 1000L : null;
        return new StoredMessage(packet.WillTopic.ToArray(), properties[..length], packet.WillPayload.ToArray(), packet.WillQos, packet.WillRetain, interval);
    }
}
