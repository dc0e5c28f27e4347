using Logistics.Mqtt.Topics;

namespace Logistics.DeviceGateway.Connections;

/// <summary>The topic aliases one connection has been given by us (3.3.2.3.4): first come, first served, never changed.</summary>
/// <remarks>Owned by the hub thread.</remarks>
internal sealed class OutboundAliases(int maximum)
{
    private readonly Dictionary<byte[], ushort> _aliases = new(LevelComparer.Instance);

    /// <summary>The alias for a topic about to be written.</summary>
    /// <param name="isKnown">True when the client has it already and the topic may be left out.</param>
    /// <returns>0 when all are taken.</returns>
    public ushort Find(ReadOnlySpan<byte> topic, out bool isKnown)
    {
        isKnown = _aliases.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(topic, out var alias);
        return isKnown ? alias : (ushort)(_aliases.Count < maximum ? _aliases.Count + 1 : 0);
    }

    /// <summary>The topic was written together with the alias that <see cref="Find"/> gave.</summary>
    public void Learn(byte[] topic, ushort alias) => _aliases.Add(topic, alias);
}
