using Logistics.Planning.Days;
using Logistics.Planning.Travel;
using Logistics.Storage;
using Logistics.Web.Network;

namespace Logistics.Web.Plans;

/// <summary>Keeps the models of days as they are now, so that a solve, a price or a question need not build one. Thread-safe.</summary>
/// <remarks>A model is good for as long as parcels, shifts, boxes, network and travel source stay the same, and at most some minutes: how full lockers will be moves with the clock.</remarks>
public sealed class DayModels(LogisticsStorage storage, NetworkCache cache, DayLoader days, TimeProvider time)
{
    /// <summary>A model of 10,000 parcels takes some 200 MB.</summary>
    private const int MostKept = 2;
    private static readonly TimeSpan MostAge = TimeSpan.FromMinutes(10);

    private sealed record Key(DateOnly Day, string Stamp, DateTimeOffset At);

    private readonly KeptTasks<Key, DayModel> _kept = new(MostKept);

    /// <summary>The day's model without a base plan or wishes.</summary>
    /// <remarks>Cancelling stops waiting; the model is finished all the same, because the next to ask wants it, too.</remarks>
    /// <exception cref="TravelUnavailableException">The travel source does not answer.</exception>
    public async Task<DayModel> GetAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var travel = await days.TravelIdentityAsync(cancellationToken);
        await days.EnsureShiftsAsync(day, cancellationToken);
        var stamp = await storage.ReadAsync(async db => travel + await StampAsync(db, day), cancellationToken);
        return await Find(day, stamp).WaitAsync(cancellationToken);
    }

    /// <summary>Differs once anything the day is made of has changed.</summary>
    public async Task<string> StampAsync(Db db, DateOnly day)
    {
        var network = await cache.GetAsync(db);
        return $"{await cache.VersionAsync(db)}{await storage.Board.StampAsync(db, network.Area.Id, day)}";
    }

    private Task<DayModel> Find(DateOnly day, string stamp)
    {
        var now = time.GetUtcNow();
        return _kept.Get(new Key(day, stamp, now), k => k.Day == day && k.Stamp == stamp && now - k.At < MostAge, () => BuildAsync(day), isReplaced: k => k.Day == day);
    }

    private async Task<DayModel> BuildAsync(DateOnly day)
    {
        var planner = await days.PlannerAsync(CancellationToken.None);
        return await planner.BuildAsync(await days.LoadAsync(day, null, [], CancellationToken.None), CancellationToken.None);
    }
}
