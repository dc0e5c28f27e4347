namespace Logistics.Domain;

/// <summary>Codes of the intake rules, as they appear in <see cref="OrderProblem.Rule"/>.</summary>
public static class OrderRule
{
    public const string Required = "required";
    public const string Range = "range";
    public const string Format = "format";
    public const string PartnerUnknown = "partner.unknown";
    public const string PartnerInactive = "partner.inactive";
    public const string HubUnknown = "hub.unknown";
    public const string Prohibited = "handling.prohibited";
    public const string OutsideArea = "area.outside";
    public const string WindowOrder = "window.order";
    public const string WindowPast = "window.past";
    public const string WindowFar = "window.far";
    public const string ReleaseLate = "release.late";
    public const string TerminalUnknown = "terminal.unknown";
    public const string TerminalInactive = "terminal.inactive";
    public const string TerminalPartner = "terminal.partner";
    public const string TerminalSize = "terminal.size";
    public const string TerminalConsent = "terminal.consent";
    public const string LockerDamaged = "locker.damaged";
    public const string LockerAgreement = "locker.agreement";
    public const string LockerOversize = "locker.oversize";
    public const string OptionDuplicate = "option.duplicate";
}

/// <summary>Decides whether an order may enter the network: every problem at once, each with field, value and rule.</summary>
/// <remarks>Pure and safe from any thread. The legal rules follow 智能快件箱寄递服务管理办法 (2019) and 快递市场管理办法 (2024).</remarks>
public static class OrderRules
{
    public const int MaxWaybillLength = 64;
    public const int MaxTextLength = 300;
    public const int MaxOptions = 16;
    public const int MaxWeightGrams = 1_000_000;
    public const int MaxVolumeMillilitres = 10_000_000;
    public const int MaxPreferenceFen = 1_000_000;

    /// <summary>How far ahead a promise may lie.</summary>
    public const int MaxDaysAhead = 60;

    /// <summary>Everything wrong with the order; empty when it may be accepted.</summary>
    public static IReadOnlyList<OrderProblem> Check(OrderDraft draft, NetworkSnapshot network, DateTimeOffset now)
    {
        var reading = new OrderReading(draft, network, now);
        reading.Read();
        return reading.Problems;
    }

    /// <summary>The promised parcel, or null and everything wrong with the order.</summary>
    public static (Parcel? Parcel, IReadOnlyList<OrderProblem> Problems) Accept(
        OrderDraft draft, NetworkSnapshot network, DateTimeOffset now, IdFactory ids)
    {
        var reading = new OrderReading(draft, network, now);
        reading.Read();
        return reading.Problems.Count > 0 ? (null, reading.Problems) : (reading.ToParcel(ids.New(IdPrefix.Parcel)), reading.Problems);
    }
}
