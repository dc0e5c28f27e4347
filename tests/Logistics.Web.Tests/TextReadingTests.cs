using Logistics.Domain;
using Logistics.Web.Imports;
using Logistics.Web.Orders;

namespace Logistics.Web.Tests;

/// <summary>The small readers behind order files.</summary>
public sealed class TextReadingTests
{
    private static readonly ServiceArea Beijing = new("are_x", "BJ", "北京", GeoPolygon.FromBounds(115, 39, 117, 41), "Asia/Shanghai", "京", new PlanningDefaults());

    [Theory]
    [InlineData("a,b\r\n1,2\r\n", "a|b;1|2")]
    [InlineData("a,b\n\"x, y\",\"he said \"\"hi\"\"\"\n", "a|b;x, y|he said \"hi\"")]
    [InlineData("a\n\"line 1\nline 2\"\n", "a;line 1\nline 2")]
    [InlineData("a,b\n5\" pipe,\n", "a|b;5\" pipe|")]
    [InlineData("a\rb\rc", "a;b;c")]
    public void Records_are_split_as_spreadsheets_write_them(string text, string expected)
    {
        using var rows = new CsvRows(new StringReader(text), ',');
        var records = new List<string>();
        while (rows.Read() is { } record) records.Add(string.Join('|', record));

        Assert.Equal(expected, string.Join(';', records));
    }

    [Fact]
    public void Endless_record_is_refused_with_its_line()
    {
        using var rows = new CsvRows(new StringReader("a\n\"" + new string('x', CsvRows.MostRecordChars + 1)), ',');
        rows.Read();

        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(rows.Read).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("运单号", "waybill")]
    [InlineData("Tracking Number", "waybill")]
    [InlineData("收货人手机", "recipientPhone")]
    [InlineData("重量(kg)", "weightGrams")]
    [InlineData("weight_kg", "weightGrams")]
    [InlineData("包裹体积（立方厘米）", "volumeMl")]
    [InlineData("期望送达时间", "promiseWindow")]
    [InlineData("客户要求的最晚送达时间点", "promiseUntil")]
    [InlineData("收件人地址", "recipientAddress")]
    [InlineData("快递单号", "waybill")]
    [InlineData("收件人手机号码", "recipientPhone")]
    [InlineData("重量（千克）", "weightGrams")]
    [InlineData("经纬度", "lon")]
    public void Header_finds_its_column(string header, string column) => Assert.Equal(header, HeaderMatcher.Guess([header])[column]);

    [Theory]
    [InlineData("2.5kg", 2500)]
    [InlineData("1,200", 1200)]
    [InlineData("0.003 m3", 3000)]
    [InlineData("12 cm3", 12)]
    [InlineData("3斤", 1500)]
    [InlineData("1e3", 1000)]
    public void Amount_is_read_with_its_unit(string text, double expected)
    {
        Assert.True(FieldText.TryAmount(text, out var amount));
        Assert.Equal(expected, amount, 6);
    }

    [Theory]
    [InlineData("heavy")]
    [InlineData("5 stone")]
    [InlineData("kg")]
    [InlineData("1e400")]
    [InlineData("1e308 m3")]
    public void Amount_that_is_none_is_refused(string text) => Assert.False(FieldText.TryAmount(text, out _));

    [Theory]
    [InlineData("2026-11-22 09:00", "2026-11-22T01:00:00Z")]
    [InlineData("2026/11/22 9:00", "2026-11-22T01:00:00Z")]
    [InlineData("2026年11月22日 9点30分", "2026-11-22T01:30:00Z")]
    [InlineData("2026年11月22日9:30", "2026-11-22T01:30:00Z")]
    [InlineData("2026/11/22 9:00:00", "2026-11-22T01:00:00Z")]
    [InlineData("2026-11-22T09:00:00Z", "2026-11-22T09:00:00Z")]
    [InlineData("2026-11-22T09:00:00+08:00", "2026-11-22T01:00:00Z")]
    [InlineData("21:00", "2026-11-23T13:00:00Z")]
    [InlineData("24:00", "2026-11-23T16:00:00Z")]
    [InlineData("2026-11-22 2:30 PM", "2026-11-22T06:30:00Z")]
    [InlineData("2026/11/22 9:05:30AM", "2026-11-22T01:05:00Z")]
    [InlineData("12:30 am", "2026-11-22T16:30:00Z")]
    [InlineData("12:30 p.m.", "2026-11-23T04:30:00Z")]
    [InlineData("9 PM", "2026-11-23T13:00:00Z")]
    [InlineData("下午3点30分", "2026-11-23T07:30:00Z")]
    [InlineData("2026年11月22日 下午14:30", "2026-11-22T06:30:00Z")]
    public void Instant_without_offset_is_local_to_the_area(string text, string expected)
    {
        Assert.True(TimeText.TryInstant(text, new DateOnly(2026, 11, 23), Beijing, out var at));
        Assert.Equal(expected, TimeText.Instant(at));
    }

    [Theory]
    [InlineData("14:30 AM")]
    [InlineData("0:30 PM")]
    [InlineData("上午13点")]
    [InlineData("PM")]
    [InlineData("11/22/2026 9:00")]
    [InlineData("22.11.2026")]
    [InlineData("2026-11-22 09:00-12:00")]
    public void Instant_that_contradicts_itself_or_could_be_mistaken_is_refused(string text) => Assert.False(TimeText.TryInstant(text, new DateOnly(2026, 11, 23), Beijing, out _));

    [Theory]
    [InlineData("day", "11/22/2026")]
    [InlineData("promiseFrom", "3/4/2026 9:00 AM")]
    [InlineData("promiseUntil", "03-04-26")]
    [InlineData("releaseAt", "22.11.2026 09:00")]
    public void Date_with_its_year_last_gets_one_clear_error(string field, string text)
    {
        var read = new OrderFields(Beijing, new DateOnly(2026, 11, 22)).Read(new Dictionary<string, string>(StringComparer.Ordinal) { [field] = text });

        var problem = Assert.Single(read.Problems);
        Assert.Equal((field, text, "date.order"), (problem.Field, problem.Value, problem.Rule));
        Assert.Contains("2026-11-22", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("11/26", "2026-11-26")]
    [InlineData("26/11", "2026-11-26")]
    [InlineData("12/1", "2026-12-01")]
    [InlineData("1/12", "2026-12-01")]
    [InlineData("11/11", "2026-11-11")]
    [InlineData("12/11", null)]
    [InlineData("13/13", null)]
    [InlineData("0/5", null)]
    public void Month_and_day_without_a_year_are_read_only_one_way(string text, string? expected) =>
        Assert.Equal(expected, TimeText.TryDay(text, new DateOnly(2026, 11, 24), out var day) ? day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : null);

    [Fact]
    public void Fields_written_from_a_draft_read_back_as_the_same_draft()
    {
        var draft = new OrderDraft
        {
            Partner = "JX",
            Waybill = "W1",
            Size = SizeClass.L,
            WeightGrams = 1200.5,
            VolumeMillilitres = 20_000,
            Handling = HandlingClass.Fresh,
            IsDamaged = false,
            Priority = 3,
            PromiseStart = new DateTimeOffset(2026, 11, 22, 1, 0, 0, TimeSpan.Zero),
            PromiseEnd = new DateTimeOffset(2026, 11, 22, 4, 0, 0, TimeSpan.Zero),
            RecipientName = "王小明",
            RecipientPhone = "13812345678",
            RecipientAddress = "朝阳区",
            Lon = 116.4,
            Lat = 39.9,
            Datum = Datum.Gcj02,
            HasTerminalConsent = true,
            HasSenderLockerAgreement = true,
            Options =
            [
                new OptionDraft(DeliveryKind.Door, null, null, null, 300),
                new OptionDraft(DeliveryKind.Terminal, "T001", new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 11, 22, 3, 0, 0, TimeSpan.Zero), 50),
            ],
        };

        var read = new OrderFields(Beijing, new DateOnly(2026, 11, 22)).Read(OrderFields.Write(draft));

        Assert.Empty(read.Problems);
        Assert.Equal(draft with { Options = null }, read.Draft with { Options = null });
        Assert.Equal(draft.Options, read.Draft.Options);
    }
}
