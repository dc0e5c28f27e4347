using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Topics;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Packets;

/// <summary>CONNECT as views into its bytes (3.1).</summary>
public ref struct ConnectPacket
{
    private const byte CleanStartFlag = 0x02;
    private const byte WillFlag = 0x04;
    private const byte WillRetainFlag = 0x20;
    private const byte PasswordFlag = 0x40;
    private const byte UserNameFlag = 0x80;

    private byte _flags;

    public ProtocolVersion Version { get; private set; }

    /// <summary>True when the name was "MQTT" or "MQIsdp"; without it there is nobody to answer.</summary>
    public bool IsMqtt { get; private set; }

    public readonly bool CleanStart => (_flags & CleanStartFlag) != 0;

    /// <summary>Seconds; 0 means never.</summary>
    public ushort KeepAlive { get; private set; }

    public MqttProperties Properties;

    public ReadOnlySpan<byte> ClientId { get; private set; }

    public readonly bool HasWill => (_flags & WillFlag) != 0;

    public readonly int WillQos => (_flags >> 3) & 3;

    public readonly bool WillRetain => (_flags & WillRetainFlag) != 0;

    public MqttProperties WillProperties;

    public ReadOnlySpan<byte> WillTopic { get; private set; }

    public ReadOnlySpan<byte> WillPayload { get; private set; }

    public readonly bool HasUserName => (_flags & UserNameFlag) != 0;

    public ReadOnlySpan<byte> UserName { get; private set; }

    public readonly bool HasPassword => (_flags & PasswordFlag) != 0;

    public ReadOnlySpan<byte> Password { get; private set; }

    /// <summary>Parses a CONNECT.</summary>
    /// <returns>
    /// The reason to refuse it with, or success. <see cref="Version"/> tells how to answer; Unknown means: close without an answer.
    /// </returns>
    public static ReasonCode TryParse(byte header, ReadOnlySpan<byte> body, int maximumUserProperties, out ConnectPacket packet)
    {
        ConnectPacket read = default;
        var reader = new MqttReader(body);
        var error = read.Read(ref reader, header, maximumUserProperties);
        packet = read;
        return error;
    }

    private ReasonCode Read(scoped ref MqttReader reader, byte header, int maximumUserProperties)
    {
        var error = ReadProtocol(ref reader, header);
        if (error != ReasonCode.Success)
        {
            return error;
        }

        _flags = reader.ReadByte();
        KeepAlive = reader.ReadUInt16();
        if (reader.HasFailed || !FlagsAreValid())
        {
            Version = ProtocolVersion.Unknown;
            return ReasonCode.MalformedPacket;
        }

        if (Version == ProtocolVersion.V5)
        {
            PropertyReader.Read(ref reader, PropertyScope.Connect, maximumUserProperties, out Properties);
        }

        return reader.HasFailed ? reader.Error : ReadPayload(ref reader, maximumUserProperties);
    }

    private ReasonCode ReadProtocol(scoped ref MqttReader reader, byte header)
    {
        var name = reader.ReadBinary();
        var level = reader.ReadByte();
        var isOld = name.SequenceEqual("MQIsdp"u8);
        IsMqtt = isOld || name.SequenceEqual("MQTT"u8);
        if (reader.HasFailed || !IsMqtt || (!isOld && (header & 0x0F) != 0))
        {
            return ReasonCode.MalformedPacket;
        }

        Version = (level & 0x7F, isOld) switch
        {
            (3, true) => ProtocolVersion.V31,
            (4, false) => ProtocolVersion.V311,
            (5, false) => ProtocolVersion.V5,
            // A known level under the wrong name gets the old answer, an unknown one the new (3.1.2.2).
            (3, false) or (4, true) => ProtocolVersion.V311,
            _ => ProtocolVersion.V5,
        };
        var isExpected = (level, isOld) is (3, true) or (4, false) or (5, false);
        return isExpected ? ReasonCode.Success : ReasonCode.UnsupportedProtocolVersion;
    }

    private readonly bool FlagsAreValid()
    {
        if (Version != ProtocolVersion.V31 && (_flags & 1) != 0)
        {
            return false;
        }

        if (WillQos == 3 || (!HasWill && (WillQos != 0 || WillRetain)))
        {
            return false;
        }

        // [MQTT-3.1.2-22]: before 5.0 a password needs a user name.
        return Version == ProtocolVersion.V5 || HasUserName || !HasPassword;
    }

    private ReasonCode ReadPayload(scoped ref MqttReader reader, int maximumUserProperties)
    {
        var clientId = reader.ReadBinary();
        if (reader.HasFailed)
        {
            return reader.Error;
        }

        if (!MqttText.IsValid(clientId))
        {
            return ReasonCode.ClientIdentifierNotValid;
        }

        ClientId = clientId;
        if (HasWill)
        {
            if (Version == ProtocolVersion.V5)
            {
                PropertyReader.Read(ref reader, PropertyScope.Will, maximumUserProperties, out WillProperties);
            }

            WillTopic = reader.ReadString();
            WillPayload = reader.ReadBinary();
            if (!reader.HasFailed && !TopicRules.IsValidName(WillTopic))
            {
                reader.Fail(ReasonCode.MalformedPacket);
            }
        }

        if (HasUserName)
        {
            UserName = reader.ReadString();
        }

        if (HasPassword)
        {
            Password = reader.ReadBinary();
        }

        if (!reader.HasFailed && reader.Remaining > 0)
        {
            reader.Fail(ReasonCode.MalformedPacket);
        }

        return reader.Error;
    }
}
