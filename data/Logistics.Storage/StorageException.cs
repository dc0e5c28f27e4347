namespace Logistics.Storage;

/// <summary>What kind of trouble the store is in; decides whether a caller may try again.</summary>
public enum StorageFault
{
    /// <summary>Another process holds the database; trying later may help.</summary>
    Busy,

    /// <summary>No space left; nothing of the transaction was kept.</summary>
    Full,

    /// <summary>The file or server cannot be opened, read or written.</summary>
    Unreachable,

    /// <summary>A unique or foreign key would be broken.</summary>
    Conflict,

    /// <summary>The file is not a database or is damaged.</summary>
    Corrupt,

    /// <summary>The schema is newer than this program, or a migration was changed after it was applied.</summary>
    Schema,

    /// <summary>The key of personal data is missing or is another one.</summary>
    Key,
}

/// <summary>The store could not do its work; the transaction was rolled back whole. The message names the place and the remedy.</summary>
public sealed class StorageException(StorageFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public StorageFault Fault { get; } = fault;
}
