using System.Globalization;
using Logistics.Routing.Search;
using Spectre.Console;

namespace Logistics.Planner.Cli.Running;

/// <summary>Shows a running search as a progress bar on a terminal; stays silent elsewhere.</summary>
internal sealed class SearchMeter(IAnsiConsole console, double seconds)
{
    private SearchProgress? _latest;

    /// <summary>Keeps the newest report; called from search threads.</summary>
    public void Note(SearchProgress progress)
    {
        var shown = Volatile.Read(ref _latest);
        if (shown is null || progress.Island == 0 || progress.BestCost < shown.BestCost) Volatile.Write(ref _latest, progress);
    }

    public async Task<T> WatchAsync<T>(string title, Func<T> search, CancellationToken cancel)
    {
        if (!console.Profile.Out.IsTerminal) return search();
        // The search owns a thread of its own for its whole run, so it does not come from the pool.
        var running = Task.Factory.StartNew(search, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).StartAsync(async context =>
        {
            var bar = context.AddTask(Markup.Escape(title), maxValue: double.IsFinite(seconds) ? seconds : 1);
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            while (!running.IsCompleted && !cancel.IsCancellationRequested && await tick.WaitForNextTickAsync(CancellationToken.None))
            {
                if (Volatile.Read(ref _latest) is not { } now) continue;
                bar.Value = Math.Min(now.Seconds, bar.MaxValue);
                bar.Description = Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{title}  cost {now.BestCost}  unserved {now.Unserved}  vehicles {now.VehiclesUsed}  {now.Iterations} iterations"));
            }
        });
        return await running;
    }
}
