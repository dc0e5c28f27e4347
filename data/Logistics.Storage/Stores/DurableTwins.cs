using Logistics.Domain.Devices;

namespace Logistics.Storage;

/// <summary>The projection's way into the store: its own transactions, one a round.</summary>
public sealed class DurableTwins(LogisticsStorage storage) : ITwinStore
{
    public Task<TwinStoreState> LoadAsync(CancellationToken cancellationToken) => storage.ReadAsync(
        async db => new TwinStoreState(await storage.Twins.FindPositionAsync(db), await storage.Twins.ListSummariesAsync(db), await storage.Alarms.ListOpenAsync(db)), cancellationToken);

    public Task<TwinRow?> FindAsync(string device, CancellationToken cancellationToken) => storage.ReadAsync(db => storage.Twins.FindAsync(db, device), cancellationToken);

    public Task SaveAsync(TwinChanges changes, CancellationToken cancellationToken) => storage.WriteAsync(
        async db =>
        {
            await storage.Twins.SaveAsync(db, changes.Position, changes.Twins, changes.Track);
            await storage.Alarms.SaveAsync(db, changes.Raised, changes.Ended);
        },
        cancellationToken);
}
