using System.Globalization;
using Logistics.Domain;

namespace Logistics.Planning.Demo;

/// <summary>Draws the day's parcels: who sends what to whom, when it is ready, and where it may legally go.</summary>
internal sealed class DemoOrders
{
    /// <summary>Share of parcels that may only go to the door, for the history's door volumes.</summary>
    public const double DoorOnlyShare = 0.17;

    private static readonly double[] MedianGrams = [350, 1_500, 4_500, 13_000];
    private static readonly double[] MedianMillilitres = [1_100, 5_500, 20_000, 65_000];

    private readonly DemoIds _ids;
    private readonly NetworkSnapshot _network;
    private readonly DateOnly _day;
    private readonly Draws _draws;
    private readonly DemoCatchments _catchments;
    private readonly DemoTerritories _territories;
    private readonly DateTimeOffset _midnight;

    public DemoOrders(DemoIds ids, NetworkSnapshot network, DateOnly day, Draws draws)
    {
        (_ids, _network, _day, _draws) = (ids, network, day, draws);
        _catchments = new DemoCatchments(network, draws);
        _territories = new DemoTerritories(network, _catchments.PullShares);
        _midnight = network.Area.InstantOf(day, 0);
    }

    /// <summary>Parcels an ordinary day brings to each terminal of a city that handles <paramref name="parcels"/> a day.</summary>
    public IReadOnlyList<double> MeanByTerminal(int parcels) => [.. _catchments.PullShares.Select(s => s * parcels * (1 - DoorOnlyShare))];

    public IReadOnlyList<Parcel> Build(int count)
    {
        var parcels = new Parcel[count];
        for (var i = 0; i < count; i++) parcels[i] = BuildOne(i);
        return parcels;
    }

    private Parcel BuildOne(int index)
    {
        var p = _draws.PickWeighted(DemoNetwork.PartnerShares);
        var partner = _network.Partners[p];
        var home = _catchments.PickTerminal(_draws);
        var terminal = _catchments.Terminals[home];
        var (building, location) = _catchments.PickBuilding(_draws, home);
        var size = (SizeClass)_draws.PickWeighted(0.48, 0.34, 0.14, 0.04);
        var handling = DrawHandling(partner.Kind, size);
        var (hub, release, promise) = DrawTimes(home, location, handling);
        var hasConsent = _draws.Chance(0.86);
        var hasAgreement = handling is HandlingClass.Fresh or HandlingClass.Valuable && _draws.Chance(0.60);
        return new Parcel(
            _ids.New(IdPrefix.Parcel), _network.Area.Id, partner.Id, Waybill(p, index), hub.Id, _day, release, promise,
            new Recipient(DemoFleet.PersonName(_draws), DemoFleet.Phone(_draws), Address(terminal, building), location) { District = terminal.District })
        {
            Epc = p is 0 or 3 ? Sscc96(p, index) : null,
            Size = size,
            WeightGrams = Math.Clamp((int)_draws.LogNormal(MedianGrams[(int)size], 0.55), 50, 30_000),
            VolumeMillilitres = Math.Clamp((int)_draws.LogNormal(MedianMillilitres[(int)size], 0.35), 100, 180_000),
            Handling = handling,
            Priority = _draws.PickWeighted(0.94, 0.05, 0.01) switch { 0 => 0, 1 => 50, _ => 100 },
            HasTerminalConsent = hasConsent,
            HasSenderLockerAgreement = hasAgreement,
            Options = BuildOptions(home, partner, size, handling, hasConsent, hasAgreement, location, promise),
            State = ParcelState.Promised,
            CreatedAt = _midnight.AddHours(-4),
            UpdatedAt = _midnight.AddHours(-4),
        };
    }

    private List<DeliveryOption> BuildOptions(
        int home, Partner partner, SizeClass size, HandlingClass handling, bool hasConsent, bool hasAgreement, GeoPoint location, TimeWindow promise)
    {
        var door = new DeliveryOption(DeliveryKind.Door, null, promise);
        if (!hasConsent || (handling is HandlingClass.Fresh or HandlingClass.Valuable && !hasAgreement)) return [door];

        // A terminal keeps the parcel, so its window is the whole day up to the promise's end.
        var window = new TimeWindow(promise.Start < At(7) ? promise.Start : At(7), promise.End);
        var terminals = _catchments.Nearby[home].Prepend(home)
            .Select(t => _catchments.Terminals[t])
            .Where(t => t.Allows(partner.Id) && t.Compartments.Largest() >= size && !(handling == HandlingClass.Oversize && t.Kind == TerminalKind.Locker))
            .Select(t => new DeliveryOption(DeliveryKind.Terminal, t.Id, window, WalkFen(t.Location.MetresTo(location))))
            .OrderBy(o => o.PreferenceFen).ToList();
        switch (_draws.PickWeighted(0.30, 0.10, 0.60))
        {
            case 0: // likes the terminal, would take it at the door
                terminals.Add(door with { PreferenceFen = 220 });
                return terminals;
            case 1: // likes the door, would walk to the nearest terminal
                return [door, .. terminals.Take(1).Select(o => o with { PreferenceFen = o.PreferenceFen + 150 })];
            default: // not at home
                return terminals.Count > 0 ? terminals : [door];
        }
    }

    /// <summary>A yuan for each 200 m of the recipient's walk beyond the first 200.</summary>
    private static long WalkFen(double metres) => 100 * (long)Math.Max(0, Math.Ceiling((metres - 200) / 200));

    private HandlingClass DrawHandling(PartnerKind kind, SizeClass size)
    {
        if (size == SizeClass.XL && _draws.Chance(0.35)) return HandlingClass.Oversize;
        return kind switch
        {
            PartnerKind.Retailer => _draws.Chance(0.42) ? HandlingClass.Fresh : HandlingClass.Normal,
            PartnerKind.CommunityService => _draws.Chance(0.20) ? HandlingClass.Drug : HandlingClass.Normal,
            _ => (HandlingClass)_draws.PickWeighted(0.90, 0, 0.03, 0.07),
        };
    }

    /// <summary>Three waves reach the hub; what comes later is promised later.</summary>
    private (Hub Hub, DateTimeOffset Release, TimeWindow Promise) DrawTimes(int home, GeoPoint location, HandlingClass handling)
    {
        var isPlain = handling is HandlingClass.Normal or HandlingClass.Fragile;
        var store = isPlain ? _territories.FindStore(home, location) : null;
        var hub = store is not null && _draws.Chance(0.85) ? store : _territories.CentreOf(home, location);
        // Goods that need a skilled courier come early, when most of those are on duty.
        return _draws.PickWeighted(0.74, 0.18, isPlain ? 0.08 : 0) switch
        {
            0 => (hub, At(6), _draws.PickWeighted(0.84, 0.10, 0.06) switch
            {
                0 => new TimeWindow(At(8), At(18)),
                1 => new TimeWindow(At(9), At(12)),
                _ => new TimeWindow(At(14), At(18)),
            }),
            1 => (hub, At(11), new TimeWindow(At(12), At(20))),
            _ => (hub, At(14.5), new TimeWindow(At(15.5), At(21))),
        };
    }

    private DateTimeOffset At(double hour) => _midnight.AddHours(hour);

    private string Address(Terminal terminal, int building)
    {
        // The terminal's address ends in "…号楼旁": its recipients live in the same compound.
        var compound = terminal.Name.Replace("快件箱", "", StringComparison.Ordinal)
            .Replace("代收点", "", StringComparison.Ordinal).Replace("服务站", "", StringComparison.Ordinal);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"北京市{terminal.District}{compound}{building}号楼{_draws.Integer(1, 7)}单元{(_draws.Integer(1, 19) * 100) + _draws.Integer(1, 5)}室");
    }

    private string Waybill(int partner, int index)
    {
        var serial = ((long)_day.DayNumber * 1_000_000L) + index;
        return partner switch
        {
            0 => FormattableString.Invariant($"JX{serial:000000000000}"),
            1 => FormattableString.Invariant($"SD{serial:0000000000000}"),
            2 => FormattableString.Invariant($"7{serial:000000000000}"),
            3 => FormattableString.Invariant($"XJ{_day:yyMMdd}{index:000000}"),
            _ => FormattableString.Invariant($"LL-{_day:MMdd}-{index:000000}"),
        };
    }

    /// <summary>SSCC-96 tag (GS1 TDS): header 0x31, filter 2, partition 5, seven digits of company prefix, ten of serial reference.</summary>
    private static string Sscc96(int partner, int index)
    {
        var prefix = (UInt128)(6_955_501 + partner);
        var bits = ((UInt128)0x31 << 88) | ((UInt128)2 << 85) | ((UInt128)5 << 82) | (prefix << 58) | ((UInt128)(1_000_000_000UL + (ulong)index) << 24);
        return bits.ToString("X24", CultureInfo.InvariantCulture);
    }
}
