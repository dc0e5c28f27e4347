using System.Collections.Concurrent;
using System.Threading.Channels;
using Logistics.Domain;
using Logistics.Web.Live;

namespace Logistics.Web.Plans;

/// <summary>The solves of this host: waiting, running and lately finished. One runs at a time; a solve may use several threads of its own. Thread-safe.</summary>
public sealed class SolveQueue(IdFactory ids, LiveFeed feed, TimeProvider time)
{
    public const string IdPrefix = "job";
    private const int MostWaiting = 20, MostKept = 100;

    private readonly ConcurrentDictionary<string, SolveJob> _jobs = new(StringComparer.Ordinal);
    private readonly Channel<SolveJob> _waiting = Channel.CreateBounded<SolveJob>(MostWaiting);

    /// <returns>Null when too many are waiting.</returns>
    public SolveJob? TryAdd(DateOnly day, SolveRequest request, Actor actor)
    {
        var job = new SolveJob(ids.New(IdPrefix), day, request, actor, time);
        if (!_waiting.Writer.TryWrite(job)) return null;
        _jobs[job.Id] = job;
        foreach (var old in _jobs.Values.Where(j => j.IsOver).OrderByDescending(j => j.Id, StringComparer.Ordinal).Skip(MostKept)) _jobs.TryRemove(old.Id, out _);
        Announce(job);
        return job;
    }

    public SolveJob? Find(string id) => _jobs.GetValueOrDefault(id);

    public IReadOnlyList<SolveJob> ListRunning() => [.. _jobs.Values.Where(j => !j.IsOver).OrderBy(j => j.Id, StringComparer.Ordinal)];

    public IAsyncEnumerable<SolveJob> TakeAll(CancellationToken cancellationToken) => _waiting.Reader.ReadAllAsync(cancellationToken);

    public void Announce(SolveJob job) => feed.Publish("solve", job.View(isAnnounced: true));
}
