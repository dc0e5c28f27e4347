namespace Logistics.Storage.Devices;

/// <summary>The tables of the device log, for both databases; only the names of types differ.</summary>
internal static class DeviceSchema
{
    /// <summary>Changes with the tables; a log of another version is refused, not guessed at.</summary>
    public const int Version = 1;

    public static string Sqlite { get; } = Text(blob: "BLOB");

    public static string Postgres { get; } = Text(blob: "BYTEA");

    // No index on (device, boot, seq): the mark does its work at a fraction of the cost (DESIGN §5).
    private static string Text(string blob) => $"""
        CREATE TABLE IF NOT EXISTS device_event (
            position BIGINT NOT NULL,
            kind INTEGER NOT NULL,
            device TEXT NOT NULL,
            message TEXT NOT NULL,
            boot BIGINT NOT NULL,
            seq BIGINT NOT NULL,
            at_unix_ms BIGINT NOT NULL,
            received_unix_ms BIGINT NOT NULL,
            quarantine TEXT,
            payload {blob} NOT NULL,
            {(blob == "BLOB" ? "PRIMARY KEY (position ASC)" : "PRIMARY KEY (position)")});
        CREATE INDEX IF NOT EXISTS device_event_quarantine ON device_event (position) WHERE quarantine IS NOT NULL;
        CREATE TABLE IF NOT EXISTS device_mark (
            device TEXT NOT NULL, boot BIGINT NOT NULL, high BIGINT NOT NULL, gaps TEXT NOT NULL,
            PRIMARY KEY (device, boot)){(blob == "BLOB" ? " WITHOUT ROWID" : "")};
        CREATE TABLE IF NOT EXISTS mqtt_session (
            session_key BIGINT NOT NULL PRIMARY KEY, client_id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
            expiry_seconds BIGINT NOT NULL, disconnected_unix_ms BIGINT,
            will_topic {blob}, will_properties {blob}, will_payload {blob}, will_qos INTEGER, will_retain INTEGER,
            will_expiry_ms BIGINT, will_delay_seconds BIGINT NOT NULL);
        CREATE TABLE IF NOT EXISTS mqtt_session_key (only_row INTEGER NOT NULL PRIMARY KEY, last_key BIGINT NOT NULL);
        CREATE TABLE IF NOT EXISTS mqtt_subscription (
            session_key BIGINT NOT NULL, filter {blob} NOT NULL, options INTEGER NOT NULL, identifier BIGINT NOT NULL,
            PRIMARY KEY (session_key, filter));
        CREATE TABLE IF NOT EXISTS mqtt_inbound (
            session_key BIGINT NOT NULL, packet_id INTEGER NOT NULL,
            topic {blob} NOT NULL, properties {blob} NOT NULL, payload {blob} NOT NULL, qos INTEGER NOT NULL, retain INTEGER NOT NULL, expires_unix_ms BIGINT,
            PRIMARY KEY (session_key, packet_id));
        CREATE TABLE IF NOT EXISTS mqtt_outbound (
            session_key BIGINT NOT NULL, ordinal BIGINT NOT NULL, stage INTEGER NOT NULL, packet_id INTEGER NOT NULL,
            granted_qos INTEGER NOT NULL, retained INTEGER NOT NULL, identifiers TEXT NOT NULL,
            topic {blob} NOT NULL, properties {blob} NOT NULL, payload {blob} NOT NULL, qos INTEGER NOT NULL, retain INTEGER NOT NULL, expires_unix_ms BIGINT,
            PRIMARY KEY (session_key, ordinal));
        CREATE TABLE IF NOT EXISTS mqtt_retained (
            topic {blob} NOT NULL PRIMARY KEY, properties {blob} NOT NULL, payload {blob} NOT NULL, qos INTEGER NOT NULL, retain INTEGER NOT NULL, expires_unix_ms BIGINT);
        CREATE TABLE IF NOT EXISTS device_credential (
            device TEXT NOT NULL PRIMARY KEY, kind INTEGER NOT NULL, password_hash TEXT, certificates TEXT NOT NULL,
            is_revoked INTEGER NOT NULL, version BIGINT NOT NULL);
        CREATE TABLE IF NOT EXISTS device_claim (
            device TEXT NOT NULL PRIMARY KEY, kind INTEGER NOT NULL, code_hash TEXT NOT NULL, expires_unix_ms BIGINT NOT NULL, created_by TEXT NOT NULL);
        """.Replace("position BIGINT NOT NULL,\n", blob == "BLOB" ? "position INTEGER NOT NULL,\n" : "position BIGINT NOT NULL,\n", StringComparison.Ordinal);
}
