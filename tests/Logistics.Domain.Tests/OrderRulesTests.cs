namespace Logistics.Domain.Tests;

public sealed class OrderRulesTests
{
    private static readonly OptionDraft ToLocker = new(DeliveryKind.Terminal, "T1");

    [Fact]
    public void Draft_that_keeps_every_rule_becomes_a_promised_parcel()
    {
        var parcel = Samples.Parcel(Samples.Draft with { HasTerminalConsent = true, Options = [ToLocker, new(DeliveryKind.Door, PreferenceFen: 200)] });

        Assert.Equal(ParcelState.Promised, parcel.State);
        Assert.Equal(("ptn_jd", "hub_1", new DateOnly(2026, 6, 1)), (parcel.PartnerId, parcel.HubId, parcel.Day));
        Assert.Equal(["ter_1", null], parcel.Options.Select(o => o.TerminalId));
    }

    public static TheoryData<string, string, OrderDraft> Broken => new()
    {
        { "partner", "required", Samples.Draft with { Partner = " " } },
        { "partner", "partner.unknown", Samples.Draft with { Partner = "SF" } },
        { "waybill", "required", Samples.Draft with { Waybill = null } },
        { "waybill", "format", Samples.Draft with { Waybill = "A B" } },
        { "waybill", "format", Samples.Draft with { Waybill = new string('9', 65) } },
        { "waybill", "format", Samples.Draft with { Waybill = "7.31234E+11" } },
        { "hub", "hub.unknown", Samples.Draft with { Hub = "H9" } },
        { "size", "required", Samples.Draft with { Size = null } },
        { "weightGrams", "required", Samples.Draft with { WeightGrams = null } },
        { "weightGrams", "range", Samples.Draft with { WeightGrams = double.NaN } },
        { "weightGrams", "range", Samples.Draft with { WeightGrams = -3 } },
        { "weightGrams", "range", Samples.Draft with { WeightGrams = 1e12 } },
        { "volumeMillilitres", "range", Samples.Draft with { VolumeMillilitres = double.PositiveInfinity } },
        { "priority", "range", Samples.Draft with { Priority = 101 } },
        { "epc", "format", Samples.Draft with { Epc = "xyz" } },
        { "handling", "handling.prohibited", Samples.Draft with { Handling = HandlingClass.Prohibited } },
        { "promiseStart", "required", Samples.Draft with { PromiseStart = null } },
        { "promiseEnd", "window.order", Samples.Draft with { PromiseEnd = Samples.Now.AddHours(2) } },
        { "promiseEnd", "window.past", Samples.Draft with { PromiseStart = Samples.Now.AddHours(-4), PromiseEnd = Samples.Now } },
        { "promiseStart", "window.far", Samples.Draft with { PromiseStart = Samples.Now.AddDays(61), PromiseEnd = Samples.Now.AddDays(62) } },
        { "releaseAt", "release.late", Samples.Draft with { ReleaseAt = Samples.Now.AddHours(10) } },
        { "recipientName", "required", Samples.Draft with { RecipientName = "" } },
        { "recipientPhone", "format", Samples.Draft with { RecipientPhone = "call me" } },
        { "recipientAddress", "range", Samples.Draft with { RecipientAddress = new string('路', 301) } },
        { "lon", "required", Samples.Draft with { Lon = null } },
        { "lat", "range", Samples.Draft with { Lat = 91 } },
        { "lon,lat", "area.outside", Samples.Draft with { Lon = 121.47, Lat = 31.23 } },
        { "designatedTerminal", "terminal.unknown", Samples.Draft with { DesignatedTerminal = "T9" } },
        { "options[0].terminal", "terminal.unknown", Samples.Draft with { HasTerminalConsent = true, Options = [new(DeliveryKind.Terminal, "T9")] } },
        { "options[0].terminal", "required", Samples.Draft with { HasTerminalConsent = true, Options = [new(DeliveryKind.Terminal)] } },
        { "options[0].terminal", "format", Samples.Draft with { Options = [new(DeliveryKind.Door, "T1")] } },
        { "options[0].terminal", "terminal.consent", Samples.Draft with { Options = [ToLocker] } },
        { "options[1].terminal", "terminal.consent", Samples.Draft with { DesignatedTerminal = "T1", Options = [ToLocker, new(DeliveryKind.Terminal, "T2")] } },
        { "options[0].terminal", "terminal.size", Samples.Draft with { Size = SizeClass.XL, HasTerminalConsent = true, Options = [ToLocker] } },
        { "options[0].terminal", "terminal.partner", Samples.Draft with { Partner = "FRESH", HasTerminalConsent = true, Options = [new(DeliveryKind.Terminal, "T2")] } },
        { "options[0].terminal", "locker.damaged", Samples.Draft with { IsDamaged = true, HasTerminalConsent = true, Options = [ToLocker] } },
        { "options[0].terminal", "locker.agreement", Samples.Draft with { Handling = HandlingClass.Fresh, HasTerminalConsent = true, Options = [ToLocker] } },
        { "options[0].terminal", "locker.agreement", Samples.Draft with { Handling = HandlingClass.Valuable, HasTerminalConsent = true, Options = [ToLocker] } },
        { "options[0].terminal", "locker.oversize", Samples.Draft with { Handling = HandlingClass.Oversize, HasTerminalConsent = true, Options = [ToLocker] } },
        { "designatedTerminal", "locker.damaged", Samples.Draft with { IsDamaged = true, DesignatedTerminal = "T1" } },
        { "options[0].end", "window.order", Samples.Draft with { Options = [new(DeliveryKind.Door, null, Samples.Now.AddHours(5), Samples.Now.AddHours(4))] } },
        { "options[0].end", "window.past", Samples.Draft with { Options = [new(DeliveryKind.Door, null, Samples.Now.AddHours(-5), Samples.Now.AddHours(-4))] } },
        { "options[0].preferenceFen", "range", Samples.Draft with { Options = [new(DeliveryKind.Door, PreferenceFen: -1)] } },
        { "options[1]", "option.duplicate", Samples.Draft with { Options = [new(DeliveryKind.Door), new(DeliveryKind.Door)] } },
        { "options", "range", Samples.Draft with { Options = [.. Enumerable.Repeat(new OptionDraft(DeliveryKind.Door), 17)] } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Draft_that_breaks_one_rule_gets_exactly_that_problem(string field, string rule, OrderDraft draft)
    {
        var problem = Assert.Single(OrderRules.Check(draft, Samples.Network, Samples.Now));

        Assert.Equal((field, rule), (problem.Field, problem.Rule));
        Assert.EndsWith(".", problem.Message.TrimEnd('?', ' ') + ".", StringComparison.Ordinal);
    }

    [Fact]
    public void Draft_with_many_faults_gets_them_all_at_once()
    {
        var rules = OrderRules.Check(
            Samples.Draft with { Partner = "SF", WeightGrams = -1, IsDamaged = true, Options = [ToLocker], Lon = 0, Lat = 0, PromiseEnd = Samples.Now },
            Samples.Network, Samples.Now).Select(p => p.Rule).ToHashSet();

        Assert.Superset(new HashSet<string> { "partner.unknown", "range", "locker.damaged", "terminal.consent", "area.outside", "window.order" }, rules);
    }

    [Fact]
    public void Empty_draft_names_every_required_field()
    {
        var fields = OrderRules.Check(new OrderDraft(), Samples.Network, Samples.Now).Where(p => p.Rule == OrderRule.Required).Select(p => p.Field);

        Assert.Equal(
            ["partner", "waybill", "size", "weightGrams", "volumeMillilitres", "promiseStart", "promiseEnd", "recipientName", "recipientAddress", "recipientPhone", "lon", "lat"],
            fields);
    }

    [Fact]
    public void Agreement_and_consent_make_fresh_goods_legal_in_a_locker() =>
        Assert.Empty(OrderRules.Check(
            Samples.Draft with { Handling = HandlingClass.Fresh, HasTerminalConsent = true, HasSenderLockerAgreement = true, Options = [ToLocker] },
            Samples.Network, Samples.Now));

    [Fact]
    public void Designation_stands_in_for_consent_at_that_terminal_and_becomes_the_option()
    {
        var parcel = Samples.Parcel(Samples.Draft with { DesignatedTerminal = "t1", Lon = null, Lat = null });

        Assert.Equal("ter_1", Assert.Single(parcel.Options).TerminalId);
        Assert.Equal(Samples.Locker.Location, parcel.Recipient.Location);
    }

    [Fact]
    public void Gcj02_position_is_stored_as_wgs84_with_its_source_datum()
    {
        var wgs = new GeoPoint(116.46, 39.98);
        var gcj = DatumConversion.Wgs84ToGcj02(wgs);

        var recipient = Samples.Parcel(Samples.Draft with { Lon = gcj.Lon, Lat = gcj.Lat, Datum = Datum.Gcj02 }).Recipient;

        Assert.True(recipient.Location.MetresTo(wgs) < 0.001);
        Assert.Equal(Datum.Gcj02, recipient.SourceDatum);
    }

    [Fact]
    public void Swapped_coordinates_are_suspected_aloud() =>
        Assert.Contains("swapped", OrderRules.Check(
            Samples.Draft with { Lon = 39.98, Lat = 40.0 }, new NetworkSnapshot(
                Samples.Area with { Outline = GeoPolygon.FromBounds(39.99, 39.97, 40.1, 39.99) }, [Samples.Jd], [Samples.Hub], []), Samples.Now).Single().Message,
            StringComparison.Ordinal);

    [Fact]
    public void Same_draft_read_later_has_the_same_fingerprint()
    {
        var ids = new IdFactory(TimeProvider.System, seed: 2);
        var first = OrderRules.Accept(Samples.Draft, Samples.Network, Samples.Now, ids).Parcel!;
        var again = OrderRules.Accept(Samples.Draft, Samples.Network, Samples.Now.AddHours(3), ids).Parcel!;

        Assert.Equal(OrderFingerprint.Of(first), OrderFingerprint.Of(again));
    }
}
