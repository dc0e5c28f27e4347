using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Network;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Search;

public enum HitKind
{
    Parcel,
    Terminal,
    Vehicle,
    Courier,
    Partner,
}

public sealed record SearchHit(HitKind Kind, string Id, string Title, string Subtitle, LonLat? At);

/// <summary>One box that finds parcels by waybill or phone tail, and places, vehicles and people by name, code or plate.</summary>
public static class SearchApi
{
    private const int MostHits = 20, MostPerKind = 8;

    public static void MapSearch(this IEndpointRouteBuilder app) => app.MapGet("/api/search", FindAsync)
        .RequireAuthorization(Policies.Orders).WithTags("Search").WithSummary("Parcels by the beginning of a waybill or the last four digits of a phone; terminals, vehicles, couriers and partners by part of a name.");

    private static async Task<Ok<List<SearchHit>>> FindAsync(string? q, Caller caller, LogisticsStorage storage, NetworkCache cache, CancellationToken cancellationToken)
    {
        var text = q?.Trim() ?? "";
        if (text.Length is < 2 or > 60) return TypedResults.Ok(new List<SearchHit>());
        return TypedResults.Ok(await storage.ReadAsync(async db =>
        {
            var network = await cache.GetAsync(db);
            var isTail = text.Length == 4 && text.All(char.IsAsciiDigit);
            var filter = new OrderFilter { AreaId = network.Area.Id, Limit = MostPerKind };
            var parcels = await storage.Orders.ListAsync(db, caller.Scope, filter with { WaybillPrefix = text });
            if (isTail) parcels.AddRange(await storage.Orders.ListAsync(db, caller.Scope, filter with { PhoneTail = text }));
            return parcels.DistinctBy(p => p.Id).Select(p => Hit(p, network)).Concat(Network(network, text, caller)).Take(MostHits).ToList();
        }, cancellationToken));
    }

    private static SearchHit Hit(Parcel p, NetworkSnapshot network) =>
        new(HitKind.Parcel, p.Id, p.Waybill, $"{network.FindPartner(p.PartnerId)?.Name} · {Masking.Name(p.Recipient.Name)} · {p.Day:yyyy-MM-dd}", LonLat.From(p.Recipient.Location));

    private static IEnumerable<SearchHit> Network(NetworkSnapshot network, string text, Caller caller)
    {
        bool Has(string? value) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) is true;
        var terminals = network.Terminals.Where(t => (caller.PartnerId is null || t.Allows(caller.PartnerId)) && (Has(t.Name) || Has(t.Code) || Has(t.Address))).Take(MostPerKind)
            .Select(t => new SearchHit(HitKind.Terminal, t.Id, t.Name, $"{t.Code} · {t.District}", LonLat.From(t.Location)));
        if (caller.IsPartner) return terminals;
        return terminals
            .Concat(network.Vehicles.Where(v => Has(v.Plate)).Take(MostPerKind).Select(v => new SearchHit(HitKind.Vehicle, v.Id, v.Plate, v.AccessClass, null)))
            .Concat(network.Couriers.Where(c => Has(c.Name) || Has(c.Code)).Take(MostPerKind).Select(c => new SearchHit(HitKind.Courier, c.Id, c.Name, c.Code, null)))
            .Concat(network.Partners.Where(p => Has(p.Name) || Has(p.Code)).Take(MostPerKind).Select(p => new SearchHit(HitKind.Partner, p.Id, p.Name, p.Code, null)));
    }
}
