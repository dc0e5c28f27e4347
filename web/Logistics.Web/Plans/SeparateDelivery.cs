using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Planning.Travel;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using PlanHeader = Logistics.Planning.Days.PlanHeader;

namespace Logistics.Web.Plans;

/// <summary>What a day would take if each partner delivered alone: the yardstick of joint delivery.</summary>
/// <param name="InputHash">Names the day's parcels, network and shifts it was worked out for.</param>
/// <param name="Unassigned">Parcels the separate plans leave out, all partners together.</param>
/// <param name="SecondsEach">Search time each partner's plan had.</param>
public sealed record SeparateDay(string InputHash, long DistanceMetres, int Vehicles, long OperatingFen, int Parcels, int Unassigned, int Partners, double SecondsEach);

/// <summary>
/// Works the yardstick out in the background after a day was planned: the planner plans each partner's parcels alone – same hubs, fleet, terminals, rules and travel times, the joint
/// plan's search time divided among the partners – and adds the plans up. Partners alone may use the same vehicle twice over, since each would have its own.
/// It waits until nobody has asked the host for anything for a while: the pages that show a new plan need the processors more.
/// </summary>
public sealed class SeparateDelivery(LogisticsStorage storage, DayLoader days, SolveQueue queue, Attention attention, LiveFeed feed, TimeProvider time, ILogger<SeparateDelivery> log) : BackgroundService
{
    private const double LeastSeconds = 1, MostSeconds = 20;
    private static readonly TimeSpan SolveLook = TimeSpan.FromSeconds(1), Quiet = TimeSpan.FromSeconds(15), MostWait = TimeSpan.FromMinutes(5);

    private readonly Channel<string> _wanted = Channel.CreateBounded<string>(new BoundedChannelOptions(8) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Asks for the yardstick of a plan's day, once for each plan.</summary>
    public void Ask(string planId)
    {
        lock (_gate)
        {
            if (_asked.Add(planId)) _wanted.Writer.TryWrite(planId);
        }
    }

    public async Task<SeparateDay?> FindAsync(Db db, DateOnly day) =>
        await storage.Settings.FindAsync(db, Key(day)) is { } text ? DomainJson.Read<SeparateDay>(text) : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var planId in _wanted.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await WorkOutAsync(planId, stoppingToken);
            }
            catch (Exception e) when (e is TravelUnavailableException or StorageException)
            {
                log.LogWarning(e, "The yardstick of plan {Plan} could not be worked out", planId);
            }
        }
    }

    private async Task WorkOutAsync(string planId, CancellationToken stopping)
    {
        var latest = time.GetUtcNow() + MostWait;
        await attention.WaitForQuietAsync(Quiet, latest, stopping);
        var (plan, input, known) = await storage.ReadAsync(async db =>
        {
            var found = await storage.Plans.FindAsync(db, planId);
            return found is null ? (null, null, null) : (found, await DayRecord.ReadAsync(db, storage, found), await FindAsync(db, found.Day));
        }, stopping);
        if (plan is null || input is null || input.Parcels.Count == 0) return;
        // Edits change the joint plan, not what the partners would do alone.
        input = input with { Base = null, Edits = [] };
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DayRecord.Write(input))));
        if (known?.InputHash == hash) return;

        var planner = await days.PlannerAsync(stopping);
        var parts = input.Parcels.GroupBy(p => p.PartnerId, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.ToList()).ToList();
        var seconds = Math.Clamp((plan.Solve?.Seconds ?? 0) / parts.Count, LeastSeconds, MostSeconds);
        var sum = new SeparateDay(hash, 0, 0, 0, input.Parcels.Count, 0, parts.Count, Math.Round(seconds, 1));
        foreach (var parcels in parts)
        {
            await attention.WaitForQuietAsync(Quiet, latest, stopping);
            // A dispatcher who waits for a plan comes first, however long.
            while (queue.ListRunning().Count > 0) await Task.Delay(SolveLook, time, stopping);
            var model = await planner.BuildAsync(input with { Parcels = parcels }, stopping);
            var outcome = await BackgroundThread.RunAsync(() => planner.Solve(model, new SolveSettings { Seconds = seconds, PartsAtOnce = 1 }, new PlanHeader("separate", 1, "", "separate"), storage.Ids, null, stopping));
            stopping.ThrowIfCancellationRequested();
            var alone = outcome.DayPlan;
            sum = sum with
            {
                DistanceMetres = sum.DistanceMetres + alone.Routes.Sum(r => (long)r.DistanceMetres),
                Vehicles = sum.Vehicles + alone.Routes.Count,
                OperatingFen = sum.OperatingFen + alone.Cost.OperatingFen(),
                Unassigned = sum.Unassigned + alone.Unassigned.Count,
            };
        }

        await storage.WriteAsync(db => storage.Settings.SetAsync(db, Key(plan.Day), DomainJson.Write(sum)), stopping);
        feed.Publish("board", new Orders.OrdersChanged(plan.Day, 0));
    }

    private static string Key(DateOnly day) => FormattableString.Invariant($"separate:{day:yyyy-MM-dd}");
}
