using System.Text;
using Logistics.DeviceGateway.Connections;
using Logistics.DeviceGateway.Identity;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Topics;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Hub;

/// <summary>The life of sessions: connect, takeover, close, will, expiry, and loading them at the start. Runs on the hub thread.</summary>
internal sealed class SessionFlow(HubState state, Delivery delivery, Router router, SubscribeFlow subscribe)
{
    /// <summary>Binds a connection to its session and answers CONNECT.</summary>
    /// <param name="previous">The connection that held the session; it is to be broken as taken over.</param>
    public void Connect(ClientConnection connection, out ClientConnection? previous)
    {
        var info = connection.Info;
        state.Sessions.TryGetValue(info.ClientId, out var session);
        previous = session?.Connection;
        if (previous is not null)
        {
            Detach(session!, isNormal: false, isTakenOver: true);
            state.Sessions.TryGetValue(info.ClientId, out session);
        }

        var isPresent = session is not null && !info.CleanStart;
        if (session is not null && info.CleanStart)
        {
            PublishWill(session);
            Remove(session, DeliveryOutcome.SessionEnded);
        }

        if (!isPresent)
        {
            session = new Session(++state.LastSessionKey, info.ClientId);
            state.Sessions.Add(info.ClientId, session);
        }

        Bind(session!, connection, isPresent);
        WriteConnack(connection, isPresent);
        if (isPresent)
        {
            delivery.Resume(session!);
        }

        if (info.Issued is { } issued)
        {
            delivery.Send(session!, CredentialMessage.Create(issued), grantedQos: 1, retain: false, []);
        }
    }

    /// <summary>The connection is gone: the session goes on alone, or ends.</summary>
    /// <param name="isNormal">The client said good-bye; its will is discarded.</param>
    public void Disconnect(ClientConnection connection, bool isNormal)
    {
        if (connection.Session is { } session && ReferenceEquals(session.Connection, connection))
        {
            Detach(session, isNormal, isTakenOver: false);
        }
    }

    /// <summary>Changes how long the session outlives this connection (3.14.2.2.2).</summary>
    /// <remarks>A session that was to end with the connection has been refused it by the parser.</remarks>
    public void ChangeExpiry(Session session, uint seconds)
    {
        var wasDurable = session.IsDurable;
        session.ExpirySeconds = Math.Min(seconds, state.Options.MaximumSessionExpirySeconds);
        if (wasDurable && !session.IsDurable)
        {
            state.Writes.Changes.Add(SessionChange.RemoveSession(session.Key));
        }
    }

    /// <summary>Publishes wills that are due and ends sessions whose time is up.</summary>
    public void Sweep()
    {
        List<Session>? ended = null;
        foreach (var session in state.Sessions.Values)
        {
            if (session.WillDueUnixMs <= state.NowUnixMs)
            {
                PublishWill(session);
                SaveSession(session);
            }

            if (!session.IsConnected && session.ExpirySeconds != uint.MaxValue
                && session.DisconnectedAtUnixMs + (session.ExpirySeconds * 1000L) <= state.NowUnixMs)
            {
                (ended ??= []).Add(session);
            }
        }

        foreach (var session in ended ?? [])
        {
            PublishWill(session);
            Remove(session, DeliveryOutcome.SessionEnded);
        }
    }

    /// <summary>Takes over what the store holds. Clients that were connected are gone: their wills start now.</summary>
    public void Restore(DeviceStoreState stored)
    {
        state.LastPosition = stored.LastPosition;
        state.LastSessionKey = stored.LastSessionKey;
        var byKey = new Dictionary<long, Session>();
        foreach (var row in stored.Sessions)
        {
            var session = new Session(row.Key, row.ClientId)
            {
                Version = (ProtocolVersion)row.Version,
                ExpirySeconds = row.ExpirySeconds,
                DisconnectedAtUnixMs = row.DisconnectedAtUnixMs ?? state.NowUnixMs,
                Will = row.Will,
                WillDelaySeconds = row.WillDelaySeconds,
            };
            session.WillDueUnixMs = row.Will is null ? null : session.DisconnectedAtUnixMs + (row.WillDelaySeconds * 1000L);
            byKey.Add(row.Key, session);
            state.Sessions.Add(row.ClientId, session);
        }

        foreach (var row in stored.Subscriptions)
        {
            var session = byKey[row.SessionKey];
            subscribe.Restore(session, new Subscription<Session>(session, row.Filter, new SubscriptionOptions(row.Options), row.Identifier));
        }

        foreach (var row in stored.Inbound)
        {
            byKey[row.SessionKey].Inbound.Add((ushort)row.PacketId, new InboundMessage(row.Message, 0, 0));
        }

        foreach (var row in stored.Outbound)
        {
            byKey[row.SessionKey].Outbound.Restore(ToMessage(row));
        }

        foreach (var message in stored.Retained)
        {
            state.Retained.Set(message.Topic, message);
        }
    }

    /// <summary>Ends every session's promise to the application, because the store failed.</summary>
    public void Abandon()
    {
        foreach (var message in state.Sessions.Values.SelectMany(session => session.Outbound.All))
        {
            message.Completed?.Invoke(DeliveryOutcome.StoreFailed);
        }
    }

    private static OutboundMessage ToMessage(OutboundRow row) => new()
    {
        Ordinal = row.Ordinal,
        Message = row.Message,
        Qos = row.Qos,
        Retain = row.Retain,
        SubscriptionIdentifiers = row.SubscriptionIdentifiers,
        Stage = row.Stage,
        PacketId = (ushort)row.PacketId,
    };

    private void Bind(Session session, ClientConnection connection, bool isPresent)
    {
        var info = connection.Info;
        var wasDurable = isPresent && session.IsDurable;
        session.Connection = connection;
        connection.Session = session;
        session.Version = info.Version;
        session.ExpirySeconds = info.SessionExpirySeconds;
        session.DisconnectedAtUnixMs = null;
        session.Will = info.Will;
        session.WillDelaySeconds = info.WillDelaySeconds;
        session.WillDueUnixMs = null;
        foreach (var (packetId, inbound) in session.Inbound.ToArray())
        {
            // On a new connection the client repeats what it must.
            session.Inbound[packetId] = inbound with { Repeats = -1 };
        }

        if (session.IsDurable)
        {
            SaveSession(session);
            if (isPresent && !wasDurable)
            {
                SaveContents(session);
            }
        }
        else if (wasDurable)
        {
            state.Writes.Changes.Add(SessionChange.RemoveSession(session.Key));
        }
    }

    private void SaveSession(Session session)
    {
        if (session.IsDurable)
        {
            state.Writes.Changes.Add(SessionChange.Save(session.ToRow()));
        }
    }

    private void SaveContents(Session session)
    {
        foreach (var s in session.Subscriptions.Values)
        {
            state.Writes.Changes.Add(SessionChange.Save(new SubscriptionRow(session.Key, s.Filter, s.Options.Value, s.Identifier)));
        }

        foreach (var (packetId, inbound) in session.Inbound)
        {
            state.Writes.Changes.Add(SessionChange.Save(new InboundRow(session.Key, packetId, inbound.Message)));
        }

        foreach (var message in session.Outbound.All)
        {
            state.Writes.Changes.Add(SessionChange.Add(Delivery.ToRow(session, message)));
        }
    }

    private void Detach(Session session, bool isNormal, bool isTakenOver)
    {
        session.Connection = null;
        session.DisconnectedAtUnixMs = state.NowUnixMs;
        if (isNormal)
        {
            session.Will = null;
        }

        if (session.Will is not null)
        {
            // A will waits for its delay or the end of the session, whichever is first (3.1.3.2.2).
            var delay = Math.Min(session.WillDelaySeconds, session.ExpirySeconds);
            session.WillDueUnixMs = state.NowUnixMs + (delay * 1000L);
            if (delay == 0)
            {
                PublishWill(session);
            }
        }

        if (!session.IsDurable)
        {
            Remove(session, DeliveryOutcome.SessionEnded);
        }
        else if (!isTakenOver)
        {
            SaveSession(session);
        }
    }

    private void PublishWill(Session session)
    {
        if (session.Will is not { } will || session.WillDueUnixMs is null)
        {
            session.Will = null;
            return;
        }

        session.Will = null;
        session.WillDueUnixMs = null;
        var expiresAt = will.ExpiresAtUnixMs is { } interval ? state.NowUnixMs + interval : (long?)null;
        router.Publish(will with { ExpiresAtUnixMs = expiresAt }, session);
    }

    private void Remove(Session session, DeliveryOutcome outcome)
    {
        subscribe.RemoveAll(session);
        state.Sessions.Remove(session.ClientId);
        if (session.IsDurable)
        {
            state.Writes.Changes.Add(SessionChange.RemoveSession(session.Key));
        }

        foreach (var message in session.Outbound.All)
        {
            message.Completed?.Invoke(outcome);
        }
    }

    private void WriteConnack(ClientConnection connection, bool isPresent)
    {
        var info = connection.Info;
        var assigned = info.IsAssignedId && info.Version == ProtocolVersion.V5 ? Encoding.UTF8.GetBytes(info.ClientId) : null;
        var limits = new ConnackLimits(
            state.Options.TopicAliasMaximum,
            (uint)state.Options.MaximumPacketSize,
            state.Options.ReceiveMaximum,
            info.IsKeepAliveImposed ? info.KeepAliveSeconds : null,
            info.IsSessionExpiryImposed ? info.SessionExpirySeconds : null,
            assigned,
            SharedSubscriptionsAvailable: state.Options.IsOpen);
        Span<byte> packet = stackalloc byte[ConnackWriter.FixedSize + 64];
        var size = ConnackWriter.Write(packet, isPresent, info.Version, limits);
        if (size > info.MaximumPacketSize)
        {
            // A client that cannot even take CONNACK cannot be served.
            connection.Break(BreakReason.PacketTooLarge);
            return;
        }

        var span = connection.Output.GetSpan(size);
        if (!span.IsEmpty)
        {
            packet[..size].CopyTo(span);
            connection.Output.Advance(size);
        }
    }
}
