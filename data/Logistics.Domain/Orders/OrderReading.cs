using System.Globalization;
using System.Text.RegularExpressions;

namespace Logistics.Domain;

/// <summary>One pass over one draft; collects problems and what it resolved on the way. Used once, by one thread.</summary>
internal sealed partial class OrderReading(OrderDraft draft, NetworkSnapshot network, DateTimeOffset now)
{
    private readonly List<OrderProblem> _problems = [];
    private Partner? _partner;
    private Hub? _hub;
    private Terminal? _designated;
    private TimeWindow? _promise;
    private GeoPoint? _location;
    private List<DeliveryOption> _options = [];

    public IReadOnlyList<OrderProblem> Problems => _problems;

    public void Read()
    {
        ReadPartner();
        ReadWaybill();
        ReadGoods();
        ReadTimes();
        ReadDesignation();
        if (_promise is { } promise)
        {
            var options = new OptionReading(draft, network, now, _partner, _designated, promise, Add);
            _options = options.Read();
        }
        ReadRecipient();
        ReadHub();
    }

    public Parcel ToParcel(string id)
    {
        var release = ReleaseAt();
        var promise = _promise!.Value;
        var area = network.Area;
        return new Parcel(
            id, area.Id, _partner!.Id, draft.Waybill!.Trim(), _hub!.Id, area.DayOf(release > promise.Start ? release : promise.Start), release, promise,
            new Recipient(Text(draft.RecipientName), Text(draft.RecipientPhone), Text(draft.RecipientAddress), _location!.Value, draft.Datum ?? Datum.Wgs84)
            {
                District = draft.District?.Trim(),
            })
        {
            Epc = draft.Epc?.Trim(),
            Flow = draft.Flow ?? ParcelFlow.Delivery,
            Size = draft.Size!.Value,
            WeightGrams = (int)Math.Ceiling(draft.WeightGrams!.Value),
            VolumeMillilitres = (int)Math.Ceiling(draft.VolumeMillilitres!.Value),
            Handling = draft.Handling ?? HandlingClass.Normal,
            IsDamaged = draft.IsDamaged ?? false,
            Priority = draft.Priority ?? 0,
            HasTerminalConsent = draft.HasTerminalConsent ?? false,
            DesignatedTerminalId = _designated?.Id,
            HasSenderLockerAgreement = draft.HasSenderLockerAgreement ?? false,
            Options = _options,
            State = ParcelState.Promised,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private void ReadPartner()
    {
        if (IsMissing("partner", draft.Partner)) return;
        _partner = network.FindPartner(draft.Partner!.Trim());
        if (_partner is null)
        {
            Add("partner", draft.Partner, OrderRule.PartnerUnknown, $"Partner \"{draft.Partner}\" is not in the network. Maybe a code such as {Example(network.Partners, p => p.Code)}?");
        }
        else if (!_partner.IsActive)
        {
            Add("partner", draft.Partner, OrderRule.PartnerInactive, $"Partner {_partner.Code} is not active.");
        }
    }

    private void ReadWaybill()
    {
        if (IsMissing("waybill", draft.Waybill)) return;
        var waybill = draft.Waybill!.Trim();
        if (waybill.Length > OrderRules.MaxWaybillLength || waybill.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            Add("waybill", draft.Waybill, OrderRule.Format, $"Waybill \"{Clip(waybill)}\" must be at most {OrderRules.MaxWaybillLength} characters without spaces.");
        }
        else if (RoundedNumber().IsMatch(waybill))
        {
            Add("waybill", draft.Waybill, OrderRule.Format, $"Waybill \"{waybill}\" is a number that a spreadsheet has rounded; format the column as text and export it again.");
        }
    }

    /// <summary>What Excel makes of long digits: 7.31234E+11. Two waybills may look alike by then.</summary>
    [GeneratedRegex(@"^[0-9](?:\.[0-9]{1,20})?[eE]\+[0-9]{1,3}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RoundedNumber();

    private void ReadGoods()
    {
        if (draft.Size is null) Missing("size", "S, M, L or XL");
        else if (!Enum.IsDefined(draft.Size.Value)) Add("size", draft.Size.ToString(), OrderRule.Range, $"size {draft.Size} must be S, M, L or XL.");
        ReadAmount("weightGrams", draft.WeightGrams, OrderRules.MaxWeightGrams, "g");
        ReadAmount("volumeMillilitres", draft.VolumeMillilitres, OrderRules.MaxVolumeMillilitres, "ml");
        if (draft.Priority is < 0 or > 100) Add("priority", Text(draft.Priority.Value), OrderRule.Range, $"priority {draft.Priority} must be 0 to 100.");
        if (draft.Handling == HandlingClass.Prohibited)
        {
            Add("handling", "prohibited", OrderRule.Prohibited, "Prohibited goods cannot enter the network.");
        }
        if (draft.Epc is { } epc && !IsEpc(epc.Trim()))
        {
            Add("epc", epc, OrderRule.Format, $"epc \"{Clip(epc)}\" must be 24 hex digits, an EPC URI (urn:epc:…) or an SSCC element string (00) with 18 digits.");
        }
    }

    private void ReadAmount(string field, double? value, int max, string unit)
    {
        if (value is not { } v) Missing(field, $"a number of {unit}");
        else if (!double.IsFinite(v) || v <= 0 || v > max) Add(field, Text(v), OrderRule.Range, $"{field} {Text(v)} must be above 0 and at most {max} {unit}.");
    }

    private void ReadTimes()
    {
        if (draft.PromiseStart is null) Missing("promiseStart", "an instant");
        if (draft.PromiseEnd is null) Missing("promiseEnd", "an instant");
        if (draft.PromiseStart is not { } start || draft.PromiseEnd is not { } end) return;
        _promise = new TimeWindow(start.ToUniversalTime(), end.ToUniversalTime());
        if (end <= start) Add("promiseEnd", Text(end), OrderRule.WindowOrder, $"promiseEnd {Text(end)} must be after promiseStart {Text(start)}.");
        else if (end <= now) Add("promiseEnd", Text(end), OrderRule.WindowPast, $"promiseEnd {Text(end)} is in the past; it is {Text(now)}.");
        if (start > now.AddDays(OrderRules.MaxDaysAhead))
        {
            Add("promiseStart", Text(start), OrderRule.WindowFar, $"promiseStart {Text(start)} is more than {OrderRules.MaxDaysAhead} days ahead.");
        }
        if (draft.ReleaseAt is { } release && release >= end && end > start)
        {
            Add("releaseAt", Text(release), OrderRule.ReleaseLate, $"releaseAt {Text(release)} must be before promiseEnd {Text(end)}: the parcel would reach the hub too late.");
        }
    }

    private void ReadDesignation()
    {
        if (string.IsNullOrWhiteSpace(draft.DesignatedTerminal)) return;
        _designated = network.FindTerminal(draft.DesignatedTerminal.Trim());
        if (_designated is null)
        {
            Add("designatedTerminal", draft.DesignatedTerminal, OrderRule.TerminalUnknown, $"Terminal \"{Clip(draft.DesignatedTerminal)}\" is not in the network.");
        }
    }

    private void ReadRecipient()
    {
        ReadText("recipientName", draft.RecipientName);
        ReadText("recipientAddress", draft.RecipientAddress);
        if (ReadText("recipientPhone", draft.RecipientPhone) && !IsPhone(draft.RecipientPhone!))
        {
            // The value stays out of the message: it is personal data and messages travel to logs.
            Add("recipientPhone", Masking.Phone(draft.RecipientPhone!), OrderRule.Format, "recipientPhone must have 5 to 20 digits and only digits, spaces and + - ( ) # , besides.");
        }

        if (draft.Lon is null && draft.Lat is null)
        {
            if (_options.Count > 0 && _options.All(o => o.Kind == DeliveryKind.Terminal))
            {
                // Nobody drives to the recipient, so the first terminal stands for where they are.
                _location = network.FindTerminal(_options[0].TerminalId)!.Location;
                return;
            }
            // Terminals that could not be read for another fault of the order: no position would be needed either.
            if (_options.Count == 0 && _problems.Count > 0 && draft.Options is { Count: > 0 } wished && wished.All(o => o.Kind == DeliveryKind.Terminal)) return;
        }
        var hasLon = IsDegree("lon", draft.Lon, 180);
        var hasLat = IsDegree("lat", draft.Lat, 90);
        if (!hasLon || !hasLat) return;
        var point = DatumConversion.ToWgs84(new GeoPoint(draft.Lon!.Value, draft.Lat!.Value), draft.Datum ?? Datum.Wgs84);
        _location = point;
        if (!network.Area.Outline.Contains(point))
        {
            var swapped = new GeoPoint(point.Lat, point.Lon);
            var hint = swapped.IsValid() && network.Area.Outline.Contains(swapped) ? " Maybe lon and lat are swapped." : "";
            Add("lon,lat", point.ToString(), OrderRule.OutsideArea, $"Position {point} is outside the service area {network.Area.Name}.{hint}");
        }
    }

    private bool IsDegree(string field, double? value, double max)
    {
        if (value is not { } v)
        {
            Missing(field, "degrees");
            return false;
        }
        if (double.IsFinite(v) && Math.Abs(v) <= max) return true;
        Add(field, Text(v), OrderRule.Range, $"{field} {Text(v)} must be −{max} to {max} degrees.");
        return false;
    }

    private void ReadHub()
    {
        if (!string.IsNullOrWhiteSpace(draft.Hub))
        {
            _hub = network.FindHub(draft.Hub.Trim());
            if (_hub is null) Add("hub", draft.Hub, OrderRule.HubUnknown, $"Hub \"{Clip(draft.Hub)}\" is not in the network. Maybe a code such as {Example(network.Hubs, h => h.Code)}?");
            return;
        }
        var active = network.Hubs.Where(h => h.IsActive);
        _hub = _location is { } at ? active.MinBy(h => h.Location.MetresTo(at)) : active.FirstOrDefault();
        if (_hub is null) Add("hub", null, OrderRule.HubUnknown, "The network has no active hub to receive the parcel.");
    }

    private DateTimeOffset ReleaseAt() =>
        // Without a stated time the parcel is at the hub when its day begins; the answer must not depend on "now", or resending would revise.
        draft.ReleaseAt?.ToUniversalTime() ?? network.Area.InstantOf(network.Area.DayOf(_promise!.Value.Start), 0);

    private bool ReadText(string field, string? value)
    {
        if (IsMissing(field, value)) return false;
        if (value!.Length <= OrderRules.MaxTextLength) return true;
        Add(field, null, OrderRule.Range, $"{field} has {value.Length} characters; at most {OrderRules.MaxTextLength} are kept.");
        return false;
    }

    private bool IsMissing(string field, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value)) return false;
        Missing(field, "a text");
        return true;
    }

    private void Missing(string field, string expected) => Add(field, null, OrderRule.Required, $"{field} is missing; {expected} is needed.");

    private void Add(string field, string? value, string rule, string message) => _problems.Add(new OrderProblem(field, value, rule, message));

    private static bool IsPhone(string phone)
    {
        var digits = phone.Count(char.IsAsciiDigit);
        return digits is >= 5 and <= 20 && phone.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '-' or '(' or ')' or '#' or ',' or '*');
    }

    private static bool IsEpc(string epc) =>
        epc.Length == 24 && epc.All(char.IsAsciiHexDigit)
        || epc.StartsWith("urn:epc:", StringComparison.Ordinal) && epc.Length <= 100
        || (epc.StartsWith("(00)", StringComparison.Ordinal) ? epc[4..] : epc) is { Length: 18 } sscc && sscc.All(char.IsAsciiDigit);

    private static string Example<T>(IReadOnlyList<T> items, Func<T, string> code) => items.Count == 0 ? "(none yet)" : code(items[0]);

    private static string Text(string? value) => value?.Trim() ?? "";

    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    internal static string Text(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    internal static string Clip(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
