using System.Globalization;
using System.Text;
using Logistics.Domain;

namespace Logistics.Planning.Demo.Files;

/// <summary>A file of the demo city: name with forward slashes, and content.</summary>
public sealed record DemoFile(string Name, byte[] Content);

/// <summary>Writes a demo city down as the files a newcomer can read, edit and import.</summary>
public static class DemoFiles
{
    /// <summary>Order files by partner, a faulty one, the network, the history, and what <c>logistics forecast</c> reads.</summary>
    /// <param name="isTimeless">Orders carry times without dates, so that they can be imported on any day.</param>
    public static IEnumerable<DemoFile> Build(DemoData city, bool isTimeless = false)
    {
        var network = city.Network;
        foreach (var (index, partner) in network.Partners.Index())
        {
            var sheet = OrderSheet.Of(index) with { IsTimeless = isTimeless };
            var rows = city.Parcels.Where(p => string.Equals(p.PartnerId, partner.Id, StringComparison.Ordinal)).Select(p => sheet.Cells(p, network));
            yield return new DemoFile($"orders-{partner.Code}.csv", sheet.Encode(rows));
        }

        yield return new DemoFile("orders-faulty.csv", FaultyOrders.Build(city, isTimeless).Content);
        yield return new DemoFile("network.json", Encoding.UTF8.GetBytes(DomainJson.Write(new
        {
            network.Area,
            network.Partners,
            network.Hubs,
            network.Terminals,
            network.Vehicles,
            network.Couriers,
            network.AccessRules,
            network.Calendar,
            city.Shifts,
            city.Compartments,
        })));
        if (city.History.Count == 0) yield break;
        yield return new DemoFile("history.csv", Utf8(History(city)));
        yield return new DemoFile("forecast-panel.csv", Utf8(Panel(city)));
        yield return new DemoFile("forecast-calendar.csv", Utf8(Calendar(network)));
    }

    private static IEnumerable<string> History(DemoData city)
    {
        yield return "day,terminal,partner,size,parcels";
        foreach (var v in city.History)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{v.Day:yyyy-MM-dd},{city.Network.FindTerminal(v.TerminalId)?.Code},{city.Network.FindPartner(v.PartnerId)!.Code},{v.Size},{v.Parcels}");
        }
    }

    /// <summary>Daily totals by terminal, doors together as DOOR: the panel <c>logistics forecast</c> reads.</summary>
    private static IEnumerable<string> Panel(DemoData city)
    {
        yield return "series_id,date,volume";
        var totals = city.History.GroupBy(v => (Series: city.Network.FindTerminal(v.TerminalId)?.Code ?? "DOOR", v.Day)).ToDictionary(g => g.Key, g => g.Sum(v => v.Parcels));
        var days = city.History.Select(v => v.Day).Distinct().Order().ToList();
        foreach (var series in totals.Keys.Select(k => k.Series).Distinct().Order(StringComparer.Ordinal))
            foreach (var day in days) yield return string.Create(CultureInfo.InvariantCulture, $"{series},{day:yyyy-MM-dd},{totals.GetValueOrDefault((series, day))}");
    }

    private static IEnumerable<string> Calendar(NetworkSnapshot network)
    {
        yield return "date,holiday_name,is_public_holiday,is_adjusted_workday,promo";
        foreach (var d in network.Calendar)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{d.Day:yyyy-MM-dd},{(d.Kind == DayKind.Holiday ? d.Name : "")},{(d.Kind == DayKind.Holiday ? 1 : 0)},{(d.Kind == DayKind.MakeUpWorkday ? 1 : 0)},{d.Festival}");
        }
    }

    private static byte[] Utf8(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
}
