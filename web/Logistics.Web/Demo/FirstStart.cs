using Logistics.Domain;
using Logistics.Planning.Demo;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Network;
using Logistics.Web.Settings;

namespace Logistics.Web.Demo;

/// <summary>An account made at the first start and its password, to be printed once.</summary>
public sealed record FirstAccount(string Name, Role Role, string Password, string? Partner = null);

/// <summary>Fills an empty database: the service area (or the whole demo city) and the first accounts, in one transaction.</summary>
/// <remarks>A host that dies in between leaves an empty database and does it again; of two hosts on one PostgreSQL the second finds it done.</remarks>
public static class FirstStart
{
    private const string Lock = "first.start";
    internal const string HistorySetting = "demo.history";

    // Administrator, dispatcher, two partners, a courier, an auditor.
    private const int DemoAccounts = 6;

    /// <returns>The accounts made, or null when another host on the same database was faster.</returns>
    public static async Task<IReadOnlyList<FirstAccount>?> RunAsync(LogisticsStorage storage, NetworkCache cache, HostSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        // Each hash costs a tenth of a second on purpose: they are worked out beside the city.
        var passwords = Enumerable.Range(0, settings.IsEmpty ? 1 : DemoAccounts).Select(_ => Task.Run(() => Hash(settings.FirstPassword ?? PasswordHash.Generate()), cancellationToken)).ToList();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).DateTime);
        // History is much the largest part and nothing of the first page needs all of it; DemoHistoryLoader brings it.
        var city = settings.IsEmpty ? null : DemoCity.Generate(new DemoOptions { Day = today, Seed = settings.DemoSeed, Parcels = settings.DemoParcels, HistoryDays = 0 });
        return await storage.WriteAsync(async db =>
        {
            await db.LockAsync(Lock);
            if (await cache.HasAreaAsync(db)) return null;
            var actor = Actor.System("first-start");
            if (city is null)
            {
                await SaveEmptyAsync(db, storage, cache, actor);
            }
            else
            {
                await storage.Generated.SaveAsync(db, city.Network, city.Shifts, city.Compartments, city.Parcels, actor);
                await storage.Devices.SaveAllAsync(db, [.. DemoDevices.Of(city.Network, time.GetUtcNow())], actor);
                await cache.SetAreaAsync(db, city.Network.Area.Id);
                await storage.Settings.SetAsync(db, AreaViews.DemoSetting, $"{settings.DemoSeed}:{settings.DemoParcels}:{today:yyyy-MM-dd}");
                await storage.Settings.SetAsync(db, HistorySetting, "pending");
            }
            await cache.TouchAsync(db);
            var accounts = MakeAccounts(city, await Task.WhenAll(passwords), storage.Ids, time);
            foreach (var (user, _) in accounts) await storage.Users.CreateAsync(db, user, actor);
            return accounts.ConvertAll(a => a.Account);
        }, cancellationToken);
    }

    private static async Task SaveEmptyAsync(Db db, LogisticsStorage storage, NetworkCache cache, Actor actor)
    {
        var outline = GeoPolygon.FromBounds(115.95, 39.60, 116.85, 40.30);
        var area = new ServiceArea(storage.Ids.New(IdPrefix.Area), "BJ", "北京社区共同配送区", outline, "Asia/Shanghai", "京", new PlanningDefaults());
        await storage.Network.Areas.SaveAsync(db, area, actor);
        await cache.SetAreaAsync(db, area.Id);
    }

    private static List<(User User, FirstAccount Account)> MakeAccounts(DemoData? city, (string Password, string Hash)[] passwords, IdFactory ids, TimeProvider time)
    {
        var wanted = new List<(string Name, string Display, Role Role, string? PartnerId, string? CourierId)> { ("admin", "系统管理员", Role.Administrator, null, null) };
        if (city is not null)
        {
            wanted.Add(("dispatcher", "调度员", Role.Dispatcher, null, null));
            foreach (var p in city.Network.Partners.Take(2)) wanted.Add(($"partner-{p.Code.ToLowerInvariant()}", p.Name, Role.Partner, p.Id, null));
            wanted.Add(("courier", city.Network.Couriers[0].Name, Role.Courier, null, city.Network.Couriers[0].Id));
            wanted.Add(("auditor", "审计员", Role.Auditor, null, null));
        }
        return [.. wanted.Zip(passwords, (w, secret) =>
        {
            var user = new User(ids.New(IdPrefix.User), w.Name, w.Display, w.Role, secret.Hash) { PartnerId = w.PartnerId, CourierId = w.CourierId, CreatedAt = time.GetUtcNow(), SecurityStamp = AntiForgery.NewSecret() };
            return (user, new FirstAccount(w.Name, w.Role, secret.Password, w.PartnerId is null ? null : w.Display));
        })];
    }

    private static (string Password, string Hash) Hash(string password) => (password, PasswordHash.Create(password));
}
