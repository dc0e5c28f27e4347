namespace Logistics.Domain;

/// <summary>Everything the network consists of at one moment, with look-ups; immutable and safe from any thread.</summary>
public sealed class NetworkSnapshot
{
    private readonly Dictionary<string, Partner> _partners;
    private readonly Dictionary<string, Hub> _hubs;
    private readonly Dictionary<string, Terminal> _terminals;
    private readonly Dictionary<string, Vehicle> _vehicles;
    private readonly Dictionary<string, Courier> _couriers;
    private readonly Dictionary<DateOnly, CalendarDay> _calendar;

    public NetworkSnapshot(
        ServiceArea area,
        IReadOnlyList<Partner> partners,
        IReadOnlyList<Hub> hubs,
        IReadOnlyList<Terminal> terminals,
        IReadOnlyList<Vehicle>? vehicles = null,
        IReadOnlyList<Courier>? couriers = null,
        IReadOnlyList<AccessRule>? accessRules = null,
        IReadOnlyList<CalendarDay>? calendar = null)
    {
        Area = area;
        Partners = partners;
        Hubs = hubs;
        Terminals = terminals;
        Vehicles = vehicles ?? [];
        Couriers = couriers ?? [];
        AccessRules = accessRules ?? [];
        Calendar = calendar ?? [];
        _partners = Index(Partners, p => p.Id, p => p.Code, p => p.Name);
        _hubs = Index(Hubs, h => h.Id, h => h.Code, h => h.Name);
        _terminals = Index(Terminals, t => t.Id, t => t.Code, t => t.Name);
        _vehicles = Index(Vehicles, v => v.Id, v => v.Plate);
        _couriers = Index(Couriers, c => c.Id, c => c.Code);
        _calendar = Calendar.ToDictionary(d => d.Day);
    }

    public ServiceArea Area { get; }
    public IReadOnlyList<Partner> Partners { get; }
    public IReadOnlyList<Hub> Hubs { get; }
    public IReadOnlyList<Terminal> Terminals { get; }
    public IReadOnlyList<Vehicle> Vehicles { get; }
    public IReadOnlyList<Courier> Couriers { get; }
    public IReadOnlyList<AccessRule> AccessRules { get; }
    public IReadOnlyList<CalendarDay> Calendar { get; }

    /// <summary>By id, code, or a name only one has, ignoring case; null when unknown.</summary>
    public Partner? FindPartner(string? idOrCode) => Find(_partners, idOrCode);

    /// <inheritdoc cref="FindPartner"/>
    public Hub? FindHub(string? idOrCode) => Find(_hubs, idOrCode);

    /// <inheritdoc cref="FindPartner"/>
    public Terminal? FindTerminal(string? idOrCode) => Find(_terminals, idOrCode);

    /// <summary>By id or plate; null when unknown.</summary>
    public Vehicle? FindVehicle(string? idOrPlate) => Find(_vehicles, idOrPlate);

    /// <summary>By id or code, ignoring case; null when unknown.</summary>
    public Courier? FindCourier(string? idOrCode) => Find(_couriers, idOrCode);

    /// <summary>The calendar's entry, or an ordinary day.</summary>
    public CalendarDay DayOn(DateOnly day) => _calendar.GetValueOrDefault(day) ?? new CalendarDay(day, DayKind.Ordinary);

    private static T? Find<T>(Dictionary<string, T> index, string? key) where T : class => key is null ? null : index.GetValueOrDefault(key);

    private static Dictionary<string, T> Index<T>(IReadOnlyList<T> items, Func<T, string> id, Func<T, string> code, Func<T, string>? name = null)
    {
        var index = new Dictionary<string, T>(items.Count * 2, StringComparer.OrdinalIgnoreCase);
        foreach (var item in items) index.Add(id(item), item);
        // An id always wins: a code equal to another's id must not hide it.
        foreach (var item in items) index.TryAdd(code(item), item);
        if (name is null) return index;
        foreach (var alike in items.GroupBy(name, StringComparer.OrdinalIgnoreCase))
        {
            if (alike.Count() == 1) index.TryAdd(alike.Key, alike.First());
        }
        return index;
    }
}
