using Logistics.Domain;
using Logistics.Planning.Travel;

namespace Logistics.Planning.Demo;

/// <summary>Area, partners and terminals of the demo city.</summary>
internal static class DemoNetwork
{
    /// <summary>Share of the parcels by partner, in the order of <see cref="BuildPartners"/>.</summary>
    public static readonly double[] PartnerShares = [0.32, 0.25, 0.20, 0.14, 0.09];

    public static ServiceArea BuildArea(DemoIds ids) => new(
        ids.AreaId, "BJ", "北京社区共同配送区", GeoPolygon.FromBounds(115.95, 39.60, 116.85, 40.30), "Asia/Shanghai", "京",
        new PlanningDefaults { DoorSetupSeconds = 120, DoorHandlingSeconds = 50, TerminalHandlingSeconds = 20, ReloadSeconds = 900, UnservedFen = 30_000 });

    public static IReadOnlyList<Partner> BuildPartners(DemoIds ids) =>
    [
        new(ids.New(IdPrefix.Partner), "JX", "京选商城", PartnerKind.ECommerce) { Color = "#c2410c", Contact = "运营值班 010-5550 0101" },
        new(ids.New(IdPrefix.Partner), "SD", "顺达快运", PartnerKind.Carrier) { Color = "#1d4ed8", Contact = "调度中心 010-5550 0102" },
        new(ids.New(IdPrefix.Partner), "TC", "通程快递", PartnerKind.Carrier) { Color = "#0f766e", Contact = "客服专线 010-5550 0103" },
        new(ids.New(IdPrefix.Partner), "XJ", "鲜集超市", PartnerKind.Retailer) { Color = "#4d7c0f", Contact = "到家业务部 010-5550 0104" },
        new(ids.New(IdPrefix.Partner), "LL", "邻里到家", PartnerKind.CommunityService) { Color = "#7e22ce", Contact = "社区服务台 010-5550 0105" },
    ];

    /// <summary>Terminals around the neighbourhoods in proportion to their weight, at least 60 m apart where there is room.</summary>
    public static IReadOnlyList<Terminal> BuildTerminals(DemoIds ids, Draws draws, int count, IReadOnlyList<Partner> partners)
    {
        var all = Neighbourhoods.All;
        var sums = RunningSums(all.Select(n => n.Weight));
        var perNeighbourhood = new int[all.Count];
        var terminals = new List<Terminal>(count);
        var grid = new HashSet<(int, int)>();
        for (var i = 0; i < count; i++)
        {
            // The first round visits the heavier neighbourhoods once each, so that a small city is spread out, too.
            var at = i < all.Count ? all.Index().OrderByDescending(n => n.Item.Weight).ElementAt(i).Index : draws.PickByRunningSum(sums);
            var hood = all[at];
            var location = Around(draws, hood.Location, count > 1_000 ? 700 : 450, grid);
            terminals.Add(Build(ids, draws, hood, ++perNeighbourhood[at], i, location, partners));
        }

        return terminals;
    }

    public static double[] RunningSums(IEnumerable<double> weights)
    {
        double sum = 0;
        return [.. weights.Select(w => sum += w)];
    }

    /// <summary>A point scattered normally around another.</summary>
    public static GeoPoint Scatter(Draws draws, GeoPoint middle, double deviationMetres)
    {
        const double metresPerDegree = 111_195;
        var dx = draws.Normal(0, deviationMetres) / (metresPerDegree * Math.Cos(double.DegreesToRadians(middle.Lat)));
        var dy = draws.Normal(0, deviationMetres) / metresPerDegree;
        return new GeoPoint(Math.Round(middle.Lon + dx, 6), Math.Round(middle.Lat + dy, 6));
    }

    private static GeoPoint Around(Draws draws, GeoPoint middle, double deviationMetres, HashSet<(int, int)> taken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var point = Scatter(draws, middle, deviationMetres);
            var cell = ((int)(point.Lon / 0.0008), (int)(point.Lat / 0.0006));
            if (taken.Add(cell) || attempt == 20) return point;
        }
    }

    private static Terminal Build(DemoIds ids, Draws draws, Neighbourhood hood, int number, int index, GeoPoint location, IReadOnlyList<Partner> partners)
    {
        var kind = (TerminalKind)draws.PickWeighted(0.72, 0.18, 0.10);
        var street = draws.Pick<string>(["东里", "西里", "南区", "北区", "家园", "嘉园", "花园", "小区", "苑", "新村"]);
        var place = hood.Name + (number == 1 ? "" : Chinese(number)) + street;
        var (name, compartments, setup) = kind switch
        {
            TerminalKind.Locker => ($"{place}快件箱", draws.Pick<SizeCounts>([new(22, 16, 6, 2), new(36, 28, 12, 4), new(36, 28, 12, 4), new(56, 42, 18, 6)]), 150),
            TerminalKind.Counter => ($"{place}代收点", new SizeCounts(60, 40, 15, 6), 180),
            _ => ($"{place}服务站", new SizeCounts(80, 60, 30, 15), 210),
        };
        return new Terminal(ids.New(IdPrefix.Terminal), ids.AreaId, $"T{index + 1:0000}", name, kind, location, $"{hood.District}{place}{draws.Integer(1, 30)}号楼旁")
        {
            District = hood.District,
            Hours = kind switch
            {
                TerminalKind.Locker => WeeklyHours.Always,
                TerminalKind.Counter => WeeklyHours.EveryDay(ClockSpan.FromHours(8.5, 21)),
                _ => WeeklyHours.EveryDay(ClockSpan.FromHours(8, 12.5), ClockSpan.FromHours(13.5, 20)),
            },
            Compartments = compartments,
            Partners = AllowedPartners(draws, kind, compartments, partners),
            ParkingSetupSeconds = setup,
            AccessNote = AccessNote(kind, index),
        };
    }

    // Some gates have a code, some doors are easily missed; most places need no word.
    private static string? AccessNote(TerminalKind kind, int index) => (kind, index % 5) switch
    {
        (TerminalKind.Locker, 0) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"东门进，门禁 {1000 + (index * 7919 % 9000)}#"),
        (TerminalKind.Locker, 2) => "停北侧非机动车道旁，柜在物业楼西墙",
        (TerminalKind.Counter, 1) => "后门收货，按铃",
        _ => null,
    };

    /// <summary>Most terminals take everybody; some give the smaller partners a quota, some exclude one.</summary>
    private static IReadOnlyList<TerminalPartner> AllowedPartners(Draws draws, TerminalKind kind, SizeCounts compartments, IReadOnlyList<Partner> partners)
    {
        if (kind == TerminalKind.Station || draws.Chance(0.70)) return [];
        var quota = Math.Max(8, compartments.Total() / 4);
        var excluded = draws.Chance(0.4) ? draws.Integer(1, partners.Count) : -1;
        return [.. partners.Index().Where(p => p.Index != excluded).Select(p => new TerminalPartner(p.Item.Id, p.Index >= 3 ? quota : null))];
    }

    private static string Chinese(int number) => number <= 10
        ? "一二三四五六七八九十"[number - 1].ToString()
        : FormattableString.Invariant($"{number}号院");
}
