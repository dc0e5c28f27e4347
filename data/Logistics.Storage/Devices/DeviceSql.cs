namespace Logistics.Storage.Devices;

/// <summary>The statements of the device log. Both databases understand <c>$1</c> parameters and <c>ON CONFLICT</c>.</summary>
internal static class DeviceSql
{
    public const string InsertEventHead =
        "INSERT INTO device_event (position, kind, device, message, boot, seq, at_unix_ms, received_unix_ms, quarantine, payload) VALUES ";

    public const int EventColumns = 10;

    public const string SaveMark =
        "INSERT INTO device_mark (device, boot, high, gaps) VALUES ($1, $2, $3, $4) " +
        "ON CONFLICT (device, boot) DO UPDATE SET high = excluded.high, gaps = excluded.gaps";

    public const string SaveSession =
        "INSERT INTO mqtt_session (session_key, client_id, version, expiry_seconds, disconnected_unix_ms, will_topic, will_properties, " +
        "will_payload, will_qos, will_retain, will_expiry_ms, will_delay_seconds) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) " +
        "ON CONFLICT (session_key) DO UPDATE SET version = excluded.version, expiry_seconds = excluded.expiry_seconds, " +
        "disconnected_unix_ms = excluded.disconnected_unix_ms, will_topic = excluded.will_topic, will_properties = excluded.will_properties, " +
        "will_payload = excluded.will_payload, will_qos = excluded.will_qos, will_retain = excluded.will_retain, " +
        "will_expiry_ms = excluded.will_expiry_ms, will_delay_seconds = excluded.will_delay_seconds";

    // Keys are never reused, even when the session that had the highest is gone.
    public const string SaveLastKey =
        "INSERT INTO mqtt_session_key (only_row, last_key) VALUES (1, $1) ON CONFLICT (only_row) DO UPDATE SET last_key = excluded.last_key";

    public const string RemoveSession = "DELETE FROM mqtt_session WHERE session_key = $1";
    public const string RemoveSessionSubscriptions = "DELETE FROM mqtt_subscription WHERE session_key = $1";
    public const string RemoveSessionInbound = "DELETE FROM mqtt_inbound WHERE session_key = $1";
    public const string RemoveSessionOutbound = "DELETE FROM mqtt_outbound WHERE session_key = $1";

    public const string SaveSubscription =
        "INSERT INTO mqtt_subscription (session_key, filter, options, identifier) VALUES ($1, $2, $3, $4) " +
        "ON CONFLICT (session_key, filter) DO UPDATE SET options = excluded.options, identifier = excluded.identifier";

    public const string RemoveSubscription = "DELETE FROM mqtt_subscription WHERE session_key = $1 AND filter = $2";

    public const string SaveInbound =
        "INSERT INTO mqtt_inbound (session_key, packet_id, topic, properties, payload, qos, retain, expires_unix_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) " +
        "ON CONFLICT (session_key, packet_id) DO UPDATE SET topic = excluded.topic, properties = excluded.properties, payload = excluded.payload, " +
        "qos = excluded.qos, retain = excluded.retain, expires_unix_ms = excluded.expires_unix_ms";

    public const string RemoveInbound = "DELETE FROM mqtt_inbound WHERE session_key = $1 AND packet_id = $2";

    public const string AddOutbound =
        "INSERT INTO mqtt_outbound (session_key, ordinal, stage, packet_id, granted_qos, retained, identifiers, topic, properties, payload, qos, retain, expires_unix_ms) " +
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

    public const string AdvanceOutbound = "UPDATE mqtt_outbound SET stage = $3, packet_id = $4 WHERE session_key = $1 AND ordinal = $2";

    public const string RemoveOutbound = "DELETE FROM mqtt_outbound WHERE session_key = $1 AND ordinal = $2";

    public const string SaveRetained =
        "INSERT INTO mqtt_retained (topic, properties, payload, qos, retain, expires_unix_ms) VALUES ($1, $2, $3, $4, $5, $6) " +
        "ON CONFLICT (topic) DO UPDATE SET properties = excluded.properties, payload = excluded.payload, qos = excluded.qos, " +
        "retain = excluded.retain, expires_unix_ms = excluded.expires_unix_ms";

    public const string RemoveRetained = "DELETE FROM mqtt_retained WHERE topic = $1";

    public const string LastPosition = "SELECT COALESCE(MAX(position), 0) FROM device_event";
    public const string LastKey = "SELECT COALESCE(MAX(last_key), 0) FROM mqtt_session_key";

    public const string Sessions =
        "SELECT session_key, client_id, version, expiry_seconds, disconnected_unix_ms, will_topic, will_properties, will_payload, will_qos, will_retain, " +
        "will_expiry_ms, will_delay_seconds FROM mqtt_session ORDER BY session_key";

    public const string Subscriptions = "SELECT session_key, filter, options, identifier FROM mqtt_subscription ORDER BY session_key, filter";

    public const string Inbound = "SELECT session_key, packet_id, topic, properties, payload, qos, retain, expires_unix_ms FROM mqtt_inbound ORDER BY session_key, packet_id";

    public const string Outbound =
        "SELECT session_key, ordinal, stage, packet_id, granted_qos, retained, identifiers, topic, properties, payload, qos, retain, expires_unix_ms " +
        "FROM mqtt_outbound ORDER BY session_key, ordinal";

    public const string Retained = "SELECT topic, properties, payload, qos, retain, expires_unix_ms FROM mqtt_retained ORDER BY topic";

    public const string Marks = "SELECT boot, high, gaps FROM device_mark WHERE device = $1 ORDER BY boot";

    public const string Events =
        "SELECT position, kind, device, message, boot, seq, at_unix_ms, received_unix_ms, quarantine, payload FROM device_event " +
        "WHERE position > $1 ORDER BY position LIMIT $2";

    public const string EventAt =
        "SELECT position, kind, device, message, boot, seq, at_unix_ms, received_unix_ms, quarantine, payload FROM device_event WHERE position = $1";

    // The partial index on the quarantine makes both cheap however long the log is.
    public const string Quarantine =
        "SELECT position, kind, device, message, boot, seq, at_unix_ms, received_unix_ms, quarantine, payload FROM device_event " +
        "WHERE quarantine IS NOT NULL AND position < $1 ORDER BY position DESC LIMIT $2";

    public const string QuarantineOfDevice =
        "SELECT position, kind, device, message, boot, seq, at_unix_ms, received_unix_ms, quarantine, payload FROM device_event " +
        "WHERE quarantine IS NOT NULL AND position < $1 AND device = $3 ORDER BY position DESC LIMIT $2";

    public const string FindCredential = "SELECT kind, password_hash, certificates, is_revoked, version FROM device_credential WHERE device = $1";

    public const string ListCredentials =
        "SELECT kind, password_hash, certificates, is_revoked, version, device FROM device_credential WHERE device > $1 ORDER BY device LIMIT $2";

    public const string SaveClaim =
        "INSERT INTO device_claim (device, kind, code_hash, expires_unix_ms, created_by) VALUES ($1, $2, $3, $4, $5) " +
        "ON CONFLICT (device) DO UPDATE SET kind = excluded.kind, code_hash = excluded.code_hash, expires_unix_ms = excluded.expires_unix_ms, created_by = excluded.created_by";

    public const string FindClaim = "SELECT device, kind, code_hash, expires_unix_ms, created_by FROM device_claim WHERE device = $1";

    public const string ListClaims =
        "SELECT device, kind, code_hash, expires_unix_ms, created_by FROM device_claim WHERE device > $1 ORDER BY device LIMIT $2";

    public const string RemoveClaim = "DELETE FROM device_claim WHERE device = $1 AND code_hash = $2";

    public const string SaveCredential =
        "INSERT INTO device_credential (device, kind, password_hash, certificates, is_revoked, version) VALUES ($1, $2, $3, $4, $5, $6) " +
        "ON CONFLICT (device) DO UPDATE SET kind = excluded.kind, password_hash = excluded.password_hash, certificates = excluded.certificates, " +
        "is_revoked = excluded.is_revoked, version = excluded.version";
}
