namespace Logistics.Storage;

/// <summary>Where the data lives.</summary>
/// <param name="Connection">
/// <c>Host=…</c> for PostgreSQL (an Npgsql connection string), otherwise a SQLite file (<c>*.db</c>) or a folder that gets <c>logistics.db</c>.
/// </param>
public sealed record StorageOptions(string Connection)
{
    /// <summary>Folder for the key file and the lock; the database's own folder by default, the working folder for PostgreSQL.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Refuse to open a SQLite database that another host already runs on. Tools that only look switch it off.</summary>
    public bool IsExclusive { get; init; } = true;

    public bool IsPostgres() => Connection.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    public string DatabaseFile() =>
        Path.GetFullPath(Connection.EndsWith(".db", StringComparison.OrdinalIgnoreCase) ? Connection : Path.Combine(Connection, "logistics.db"));

    public string Folder() => Path.GetFullPath(DataFolder ?? (IsPostgres() ? "." : Path.GetDirectoryName(DatabaseFile())!));
}
