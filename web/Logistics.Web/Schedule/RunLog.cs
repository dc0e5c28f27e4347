using System.Globalization;
using System.Text.Json;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Live;

namespace Logistics.Web.Schedule;

/// <summary>How a piece of work went last.</summary>
/// <param name="Outcome">ok, failed or running.</param>
public sealed record LastRun(DateTimeOffset At, string Outcome, Words? Message, string Host);

public sealed record ScheduleChanged(string Name, string Outcome);

/// <summary>Keeps the last run of each piece of work, and how often it ran, beside the data, where every host can show it.</summary>
public sealed class RunLog(LogisticsStorage storage, LiveFeed feed, TimeProvider time)
{
    private const string LastPrefix = "schedule.lastRun.", CountPrefix = "schedule.runs.", Running = "running";

    public Task StartedAsync(string name) => NoteAsync(name, Running, null);

    public Task EndedAsync(string name, bool isOk, Words message) => NoteAsync(name, isOk ? "ok" : "failed", message);

    public async Task<LastRun?> FindAsync(Db db, string name) =>
        await storage.Settings.FindAsync(db, LastPrefix + name) is { } text ? JsonSerializer.Deserialize<LastRun>(text, WireJson.Options) : null;

    /// <summary>How often the work has started, on any host.</summary>
    public async Task<int> CountAsync(Db db, string name) => int.Parse(await storage.Settings.FindAsync(db, CountPrefix + name) ?? "0", CultureInfo.InvariantCulture);

    private async Task NoteAsync(string name, string outcome, Words? message)
    {
        var run = new LastRun(time.GetUtcNow(), outcome, message, Environment.MachineName);
        await storage.WriteAsync(async db =>
        {
            await storage.Settings.SetAsync(db, LastPrefix + name, JsonSerializer.Serialize(run, WireJson.Options));
            if (outcome != Running)
            {
                await storage.Audit.WriteAsync(db, Actor.System(name), "schedule.ran", "schedule", name, null, run);
                return;
            }
            await db.LockAsync(CountPrefix + name);
            await storage.Settings.SetAsync(db, CountPrefix + name, (await CountAsync(db, name) + 1).ToString(CultureInfo.InvariantCulture));
        });
        feed.Publish("schedule", new ScheduleChanged(name, outcome));
    }
}
