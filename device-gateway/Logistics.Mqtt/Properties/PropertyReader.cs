using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Properties;

/// <summary>Parses and judges a property block.</summary>
public static class PropertyReader
{
    /// <summary>Reads the length and the properties of a block.</summary>
    /// <param name="reader">Stands at the block's length; carries the error.</param>
    /// <param name="scope">Exactly one place.</param>
    /// <param name="maximumUserProperties">More user properties than this are a quota error: they cost the gateway, not the sender.</param>
    public static void Read(scoped ref MqttReader reader, PropertyScope scope, int maximumUserProperties, out MqttProperties properties)
    {
        MqttProperties read = default;
        ReadBlock(ref reader, scope, maximumUserProperties, ref read);
        properties = read;
    }

    private static void ReadBlock(scoped ref MqttReader reader, PropertyScope scope, int maximumUserProperties, scoped ref MqttProperties properties)
    {
        properties.ReceiveMaximum = ushort.MaxValue;
        properties.MaximumPacketSize = uint.MaxValue;
        properties.RequestProblemInformation = 1;
        properties.MaximumQos = 2;
        properties.RetainAvailable = 1;
        var length = reader.ReadVariableInteger();
        if (length == 0)
        {
            return;
        }

        var raw = reader.ReadBytes((int)length);
        if (reader.HasFailed)
        {
            return;
        }

        properties.Raw = raw;
        var inner = new MqttReader(raw);
        while (inner.Remaining > 0 && !inner.HasFailed)
        {
            ReadOne(ref inner, scope, maximumUserProperties, ref properties);
        }

        if (inner.HasFailed)
        {
            reader.Fail(inner.Error);
        }
    }

    private static void ReadOne(scoped ref MqttReader reader, PropertyScope scope, int maximumUserProperties, scoped ref MqttProperties properties)
    {
        var id = reader.ReadVariableInteger();
        uint number = 0;
        ReadOnlySpan<byte> text = default;
        switch (PropertyTable.TypeOf(id))
        {
            case PropertyType.Byte: number = reader.ReadByte(); break;
            case PropertyType.UInt16: number = reader.ReadUInt16(); break;
            case PropertyType.UInt32: number = reader.ReadUInt32(); break;
            case PropertyType.VariableInteger: number = reader.ReadVariableInteger(); break;
            case PropertyType.Text: text = reader.ReadString(); break;
            case PropertyType.Binary: text = reader.ReadBinary(); break;
            case PropertyType.TextPair: reader.ReadString(); reader.ReadString(); break;
            default: reader.Fail(ReasonCode.MalformedPacket); break;
        }

        if (reader.HasFailed)
        {
            return;
        }

        if (!PropertyTable.IsAllowed(id, scope))
        {
            // Brokers disagree between 0x81 and 0x82 by packet; see HeaderRules.
            var isSubscription = scope is PropertyScope.Subscribe or PropertyScope.Unsubscribe;
            reader.Fail(isSubscription ? ReasonCode.MalformedPacket : ReasonCode.ProtocolError);
            return;
        }

        var property = (PropertyId)id;
        if (property == PropertyId.UserProperty)
        {
            if (++properties.UserPropertyCount > maximumUserProperties)
            {
                reader.Fail(ReasonCode.QuotaExceeded);
            }
        }
        else if (properties.Has(property))
        {
            reader.Fail(ReasonCode.ProtocolError);
        }

        properties.Present |= 1UL << (int)id;
        if (!PropertyValues.Store(property, number, text, scope, ref properties))
        {
            reader.Fail(ReasonCode.ProtocolError);
        }
    }
}
