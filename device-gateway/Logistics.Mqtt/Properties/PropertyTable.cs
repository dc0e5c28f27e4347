namespace Logistics.Mqtt.Properties;

/// <summary>Where a property block stands: a packet type, or the will inside CONNECT.</summary>
[Flags]
public enum PropertyScope
{
    None = 0,
    Connect = 1 << 0,
    Will = 1 << 1,
    Connack = 1 << 2,
    Publish = 1 << 3,
    Ack = 1 << 4,
    Subscribe = 1 << 5,
    SubscribeAck = 1 << 6,
    Unsubscribe = 1 << 7,
    Disconnect = 1 << 8,
    Auth = 1 << 9,
}

internal enum PropertyType : byte
{
    Unknown,
    Byte,
    UInt16,
    UInt32,
    VariableInteger,
    Text,
    Binary,
    TextPair,
}

/// <summary>Type and allowed places of each property (MQTT 5.0, table 2-4).</summary>
internal static class PropertyTable
{
    private const PropertyScope Message = PropertyScope.Publish | PropertyScope.Will;
    private const PropertyScope Everywhere = (PropertyScope)0x3FF;

    private static readonly PropertyType[] Types = new PropertyType[0x2B];
    private static readonly PropertyScope[] Scopes = new PropertyScope[0x2B];

    static PropertyTable()
    {
        Define(PropertyId.PayloadFormatIndicator, PropertyType.Byte, Message);
        Define(PropertyId.MessageExpiryInterval, PropertyType.UInt32, Message);
        Define(PropertyId.ContentType, PropertyType.Text, Message);
        Define(PropertyId.ResponseTopic, PropertyType.Text, Message);
        Define(PropertyId.CorrelationData, PropertyType.Binary, Message);
        Define(PropertyId.SubscriptionIdentifier, PropertyType.VariableInteger, PropertyScope.Publish | PropertyScope.Subscribe);
        Define(PropertyId.SessionExpiryInterval, PropertyType.UInt32, PropertyScope.Connect | PropertyScope.Connack | PropertyScope.Disconnect);
        Define(PropertyId.AssignedClientIdentifier, PropertyType.Text, PropertyScope.Connack);
        Define(PropertyId.ServerKeepAlive, PropertyType.UInt16, PropertyScope.Connack);
        Define(PropertyId.AuthenticationMethod, PropertyType.Text, PropertyScope.Connect | PropertyScope.Connack | PropertyScope.Auth);
        Define(PropertyId.AuthenticationData, PropertyType.Binary, PropertyScope.Connect | PropertyScope.Connack | PropertyScope.Auth);
        Define(PropertyId.RequestProblemInformation, PropertyType.Byte, PropertyScope.Connect);
        Define(PropertyId.WillDelayInterval, PropertyType.UInt32, PropertyScope.Will);
        Define(PropertyId.RequestResponseInformation, PropertyType.Byte, PropertyScope.Connect);
        Define(PropertyId.ResponseInformation, PropertyType.Text, PropertyScope.Connack);
        Define(PropertyId.ServerReference, PropertyType.Text, PropertyScope.Connack | PropertyScope.Disconnect);
        Define(PropertyId.ReasonString, PropertyType.Text, PropertyScope.Connack | PropertyScope.Ack | PropertyScope.SubscribeAck | PropertyScope.Disconnect | PropertyScope.Auth);
        Define(PropertyId.ReceiveMaximum, PropertyType.UInt16, PropertyScope.Connect | PropertyScope.Connack);
        Define(PropertyId.TopicAliasMaximum, PropertyType.UInt16, PropertyScope.Connect | PropertyScope.Connack);
        Define(PropertyId.TopicAlias, PropertyType.UInt16, PropertyScope.Publish);
        Define(PropertyId.MaximumQos, PropertyType.Byte, PropertyScope.Connack);
        Define(PropertyId.RetainAvailable, PropertyType.Byte, PropertyScope.Connack);
        Define(PropertyId.UserProperty, PropertyType.TextPair, Everywhere);
        Define(PropertyId.MaximumPacketSize, PropertyType.UInt32, PropertyScope.Connect | PropertyScope.Connack);
        Define(PropertyId.WildcardSubscriptionAvailable, PropertyType.Byte, PropertyScope.Connack);
        Define(PropertyId.SubscriptionIdentifierAvailable, PropertyType.Byte, PropertyScope.Connack);
        Define(PropertyId.SharedSubscriptionAvailable, PropertyType.Byte, PropertyScope.Connack);
    }

    public static PropertyType TypeOf(uint id) => id < Types.Length ? Types[id] : PropertyType.Unknown;

    public static bool IsAllowed(uint id, PropertyScope scope) => (Scopes[id] & scope) != PropertyScope.None;

    private static void Define(PropertyId id, PropertyType type, PropertyScope scopes)
    {
        Types[(int)id] = type;
        Scopes[(int)id] = scopes;
    }
}
