using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Properties;

/// <summary>Selects the properties of a PUBLISH or a will that travel on to subscribers (3.3.2.3).</summary>
/// <remarks>Topic alias, subscription identifiers and will delay end here; message expiry is written anew, counted down.</remarks>
public static class ForwardedProperties
{
    /// <summary>Copies the properties that travel on, in their order.</summary>
    /// <param name="raw">A block that has been parsed without error.</param>
    /// <param name="destination">At least as long as <paramref name="raw"/>.</param>
    /// <returns>Bytes copied.</returns>
    public static int Copy(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        var reader = new MqttReader(raw);
        var written = 0;
        while (reader.Remaining > 0)
        {
            var start = reader.Position;
            var id = (PropertyId)reader.ReadVariableInteger();
            Skip(ref reader, id);
            if (id is PropertyId.MessageExpiryInterval or PropertyId.TopicAlias or PropertyId.SubscriptionIdentifier or PropertyId.WillDelayInterval)
            {
                continue;
            }

            var property = raw[start..reader.Position];
            property.CopyTo(destination[written..]);
            written += property.Length;
        }

        return written;
    }

    private static void Skip(ref MqttReader reader, PropertyId id)
    {
        switch (PropertyTable.TypeOf((uint)id))
        {
            case PropertyType.Byte: reader.ReadByte(); break;
            case PropertyType.UInt16: reader.ReadUInt16(); break;
            case PropertyType.UInt32: reader.ReadUInt32(); break;
            case PropertyType.VariableInteger: reader.ReadVariableInteger(); break;
            case PropertyType.TextPair: reader.ReadBinary(); reader.ReadBinary(); break;
            default: reader.ReadBinary(); break;
        }
    }
}
