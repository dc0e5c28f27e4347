using System.Collections.Concurrent;
using Logistics.Domain;
using Logistics.OrTools;
using Logistics.Planning.Exact.Rosters;
using Logistics.Planning.Exact.Rosters.Weeks;
using Logistics.Storage;
using Logistics.Web.Live;

namespace Logistics.Web.Rosters;

/// <summary>The solves of this host, at most one a week; the newest of each week is remembered. Thread-safe.</summary>
public sealed class RosterJobs(ICpSat solver, LogisticsStorage storage, LiveFeed feed, TimeProvider time, ILogger<RosterJobs> log) : IHostedService, IAsyncDisposable
{
    private readonly ConcurrentDictionary<DateOnly, RosterJob> _jobs = new();
    private readonly CancellationTokenSource _stopping = new();

    public RosterJob? Find(DateOnly firstDay) => _jobs.GetValueOrDefault(firstDay);

    /// <summary>Starts a solve around the week's locks.</summary>
    /// <returns>Null while one of the same week is running.</returns>
    public RosterJob? TryStart(RosterWeekInput input, TimeSpan limit, Actor actor)
    {
        var job = new RosterJob(limit, time, _stopping.Token);
        var kept = _jobs.AddOrUpdate(input.Week.FirstDay, job, (_, old) => old.IsOver ? job : old);
        if (kept != job)
        {
            job.Dispose();
            return null;
        }

        job.Running = Task.Run(() => RunAsync(job, input, actor), CancellationToken.None);
        return job;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_jobs.Values.Select(j => j.Running)).WaitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var job in _jobs.Values) job.Dispose();
        _stopping.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync(RosterJob job, RosterWeekInput input, Actor actor)
    {
        try
        {
            var roster = await RosterSolver.SolveAsync(solver, RosterWeekProblem.Build(input), job.Limit, job, job.Cancelled);
            var solve = new RosterSolve(
                time.GetUtcNow(), actor.Id, WireName(roster.Outcome), roster.Message, roster.Shortage, roster.ShortageBound, Math.Round(roster.Points, 2), Math.Round(roster.PointsBound, 2), job.View().Seconds);
            var solved = input.Week with { Cells = RosterWeekProblem.ToCells(input, roster.Duties), Solve = solve, IsChangedSincePublished = input.Week.PublishedAt is not null };
            // Also after a cancel: the best so far is worth keeping, and its message says what it is.
            var saved = await storage.WriteAsync(db => storage.Rosters.SaveAsync(db, solved, "roster.solve", actor), CancellationToken.None);
            if (saved is null) job.Finish(RosterJobState.Failed, "Somebody changed the roster while it was being solved; the answer was not saved. Solve again.");
            else job.Finish(job.Cancelled.IsCancellationRequested ? RosterJobState.Cancelled : RosterJobState.Done, null);
        }
        catch (Exception e) when (e is ArgumentException or StorageException)
        {
            job.Finish(RosterJobState.Failed, e.Message);
        }
        // The page must hear of the end of a job whatever ended it.
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogError(e, "The roster of {FirstDay} failed", input.Week.FirstDay);
            job.Finish(RosterJobState.Failed, e.Message);
        }

        feed.Publish("roster", new RosterChanged(input.Week.FirstDay));
    }

    private static string WireName(CpSatOutcome outcome) => char.ToLowerInvariant(outcome.ToString()[0]) + outcome.ToString()[1..];
}

/// <summary>Tells the open pages that a week was solved, edited or published.</summary>
public sealed record RosterChanged(DateOnly FirstDay);
