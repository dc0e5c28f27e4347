using System.Globalization;
using Logistics.Storage;

namespace Logistics.Web.Hosting;

/// <summary>A number in the database that every write of one kind of thing counts up: what a host keeps in memory is good while it has not moved, whichever host writes.</summary>
public sealed class StoredVersion(LogisticsStorage storage, string setting)
{
    /// <summary>The version as this transaction sees it; empty before the first write.</summary>
    public async Task<string> ReadAsync(Db db) => await storage.Settings.FindAsync(db, setting) ?? "";

    /// <summary>Call in the transaction of every write.</summary>
    public async Task TouchAsync(Db db)
    {
        await db.LockAsync(setting);
        var version = long.Parse(await storage.Settings.FindAsync(db, setting) ?? "0", CultureInfo.InvariantCulture);
        await storage.Settings.SetAsync(db, setting, (version + 1).ToString(CultureInfo.InvariantCulture));
    }
}
