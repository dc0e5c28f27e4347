using Logistics.Mqtt.Topics;

namespace Logistics.Mqtt.Properties;

/// <summary>Stores a property's value and judges its range.</summary>
internal static class PropertyValues
{
    /// <returns>False when the value is out of its range: a protocol error.</returns>
    public static bool Store(PropertyId id, uint number, ReadOnlySpan<byte> text, PropertyScope scope, scoped ref MqttProperties p)
    {
        switch (id)
        {
            case PropertyId.PayloadFormatIndicator:
                p.PayloadFormatIndicator = (byte)number;
                return number <= 1;
            case PropertyId.MessageExpiryInterval:
                p.MessageExpiryInterval = number;
                return true;
            case PropertyId.ContentType:
                p.ContentType = text;
                return true;
            case PropertyId.ResponseTopic:
                p.ResponseTopic = text;
                return TopicRules.IsValidName(text);
            case PropertyId.CorrelationData:
                p.CorrelationData = text;
                return true;
            case PropertyId.SubscriptionIdentifier:
                // Only a server may put one on a PUBLISH; the gateway's parser refuses it from clients.
                p.SubscriptionIdentifier = number;
                return number != 0;
            case PropertyId.SessionExpiryInterval:
                p.SessionExpiryInterval = number;
                return true;
            case PropertyId.AssignedClientIdentifier:
                p.AssignedClientIdentifier = text;
                return true;
            case PropertyId.ServerKeepAlive:
                p.ServerKeepAlive = (ushort)number;
                return true;
            case PropertyId.AuthenticationMethod:
                p.AuthenticationMethod = text;
                return true;
            case PropertyId.RequestProblemInformation:
                p.RequestProblemInformation = (byte)number;
                return number <= 1;
            case PropertyId.WillDelayInterval:
                p.WillDelayInterval = number;
                return true;
            case PropertyId.RequestResponseInformation:
            case PropertyId.WildcardSubscriptionAvailable:
            case PropertyId.SubscriptionIdentifierAvailable:
            case PropertyId.SharedSubscriptionAvailable:
                return number <= 1;
            case PropertyId.ReasonString:
                p.ReasonString = text;
                return true;
            case PropertyId.ReceiveMaximum:
                p.ReceiveMaximum = (ushort)number;
                return number != 0;
            case PropertyId.TopicAliasMaximum:
                p.TopicAliasMaximum = (ushort)number;
                return true;
            case PropertyId.TopicAlias:
                p.TopicAlias = (ushort)number;
                return true;
            case PropertyId.MaximumQos:
                p.MaximumQos = (byte)number;
                return number <= 1;
            case PropertyId.RetainAvailable:
                p.RetainAvailable = (byte)number;
                return number <= 1;
            case PropertyId.MaximumPacketSize:
                p.MaximumPacketSize = number;
                return number != 0;
            default:
                return scope != PropertyScope.None;
        }
    }
}
