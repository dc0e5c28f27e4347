using System.Globalization;
using System.Text;

namespace Logistics.Web.Tests;

/// <summary>Order files as partners really send them, through upload, preview and commit: none has headers or values of our own documents.</summary>
public sealed class UglyFilesTests(DemoHost demo)
{
    private static readonly DateOnly Day = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(3));

    static UglyFilesTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static string On(string format) => Day.ToString(format, CultureInfo.InvariantCulture);

    private static string Serial => ((int)Day.ToDateTime(TimeOnly.MinValue).ToOADate()).ToString(CultureInfo.InvariantCulture);

    /// <summary>Name, encoding, text (@ = a prefix of the run's own) and what order @1 must become: grams, millilitres, local hours of the promise, longitude.</summary>
    public static TheoryData<string, string, string, string> Files => new()
    {
        {
            "a title, the export's date, units in cells, both coordinates in one column", "utf-8",
            $"京选商城订单导出表,,,,,,,\r\n导出时间：2026-11-20 08:00,,,,,,,\r\n序号,运单编号,收件人名称,收件人电话,收件人详细地址,坐标,包裹重量,包裹体积,期望送达时间\r\n1,@1,王小明,138-1234-5678,\"望京街9号,2单元\",\"116.4725,39.9965\",1.2kg,6L,{On("yyyy-MM-dd")} 09:00-12:00\r\n合计,,,,,,,,\r\n",
            "1200 6000 09:00-12:00 116.4725"
        },
        {
            "gb18030, semicolons, full-width digits, latitude first, decimal commas", "gb18030",
            $"面单号;收方;收方电话;收方地址;位置坐标;毛重（公斤）;包裹体积（升）;送货时间\n@1;李雷;１３８１２３４５６７８;望京街１０号;（39.9965，116.4725）;１,２;３,５;{On("yyyy年M月d日")} 下午\n",
            "1200 3500 12:00-18:00 116.4725"
        },
        {
            "tabs, American dates, one telling the other's order", "utf-8",
            $"Order No\tSender Name\tSender Tel\tRecipient Name\tRecipient Tel\tDelivery Addr\tLong\tLat\tWt (lbs)\tVol (cbm)\tOrder Date\tDelivery Date\r\n@1\tShop\t010-1\tLi Lei\t13812345678\tWangjing St 10\t116.4725\t39.9965\t2.5\t0.006\t01/01/2026\t{On("M/d/yyyy")}\r\n@2\tShop\t010-1\tHan Mei\t13812345679\tWangjing St 11\t116.4725\t39.9965\t3\t0.006\t01/01/2026\t{UnmistakableDay("M/d/yyyy")}\r\n",
            "1134 6000 09:00-21:00 116.4725"
        },
        {
            "spreadsheet serials, digits kept by =\"\", weights without a unit, empty columns behind", "utf-8",
            $"\uFEFF快递单号,联系人,手机1,手机2,详细地址,经度,纬度,重量,长*宽*高(cm),规格,送达日期,,,\r\n=\"@1\",赵六,=\"13812345678\",,望京街12号,116.4725,39.9965,2.5,30*20*10,中号,{Serial},,,\r\n=\"@2\",孙七,=\"13812345670\",,望京街13号,116.4725,39.9965,12,30*20*10,中号,{Serial},,,\r\n",
            "2500 6000 09:00-21:00 116.4725"
        },
        {
            "mixed line ends, quoted newlines, duplicate headers, Excel's sep line", "utf-8",
            $"sep=;\r\n\"运单号\";\"备注\";\"备注\";\"收件人\r\n姓名\";\"联系\n电话\";\"收货\n地址\";\"经度\";\"纬度\";\"重量\n(克)\";\"体积\n(毫升)\";\"最晚送达\"\n@1;\"a\r\nb\";c;王五;13812345678转801;\"望京街\r\n14号\";116.4725;39.9965;1200;6000;{On("yyyy/M/d")} 18:00\r\n",
            "1200 6000 09:00-18:00 116.4725"
        },
        {
            "positions of another map, named by the header", "utf-8",
            $"运单号,收件人,电话,地址,经度(高德),纬度(高德),重量g,体积ml,时间段,派送日期\n@1,王五,13812345678.0,望京街15号,116.4787,39.9979,800,3000,9点-12点,{On("M月d日")}\n",
            "800 3000 09:00-12:00 116.4726"
        },
        {
            "English words, bars, months by name, hours of twelve", "utf-8",
            $"Tracking ID|Customer Name|Contact Number|Shipping Address|Longitude|Latitude|Gross Weight KG|Parcel Volume (litres)|Goods Type|Requested Delivery\n@1|Li Lei|+86 138 1234 5678|Wangjing St 16|116.4725° E|39.9965° N|1.2|6|household|{On("d MMM yyyy")} 2:30 PM - 6 PM\n",
            "1200 6000 14:30-18:00 116.4725"
        },
        {
            "the partner's and the hub's names instead of codes", "utf-8",
            $"商家,仓库,快件号,收件方,收货人联系电话,收货人地址,东经,北纬,实重(斤),体积（立方分米）,承诺送达时间\n京选商城,,@1,王五,13812345678,望京街17号,东经116.4725,北纬39.9965,2,6,{On("yyyy-MM-dd")} 18:00前\n",
            "1000 6000 09:00-18:00 116.4725"
        },
        {
            "a program's table: an index without a name, offsets, floats", "utf-8",
            $",waybill_no,recipient_name,recipient_phone,recipient_address,lng,lat,weight_kg,volume_l,window_start,window_end\n0,@1,Li Lei,13812345678.0,Wangjing St 18,116.4725,39.9965,1.2,6.0,{On("yyyy-MM-dd")}T01:00:00+00:00,{On("yyyy-MM-dd")}T12:00:00.000+08:00\n",
            "1200 6000 09:00-12:00 116.4725"
        },
        {
            "one weekday, half hours, day and deadline in words", "utf-16",
            $"\uFEFF运单编码\t收件人\t手机号码\t住址\t定位\t货重\t包裹体积\t预约时间\r\n@1\t王五\t13812345678\t望京街19号\t[116.4725, 39.9965]\t1.2公斤\t6升\t{On("yyyy年M月d日")} 9点半至11点\r\n",
            "1200 6000 09:30-11:00 116.4725"
        },
    };

    /// <summary>A day within reach whose number no month has.</summary>
    private static string UnmistakableDay(string format)
    {
        var day = Day;
        while (day.Day <= 12) day = day.AddDays(1);
        return day.ToString(format, CultureInfo.InvariantCulture);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Ugly_file_becomes_the_orders_it_means(string name, string encoding, string text, string expected)
    {
        var prefix = "UG" + Guid.NewGuid().ToString("N")[..6];
        var isOfPartner = text.Contains("京选商城,", StringComparison.Ordinal);
        var preview = await demo.Dispatcher.UploadAsync(Encoding.GetEncoding(encoding).GetBytes(text.Replace("@", prefix, StringComparison.Ordinal)), isOfPartner && name.StartsWith("the partner", StringComparison.Ordinal) ? null : "JX", "ugly.csv");

        Assert.Empty(preview.GetProperty("missing").EnumerateArray());
        Assert.DoesNotContain(preview.GetProperty("problems").EnumerateArray(), p => p.GetProperty("row").GetInt32() == 1);
        await demo.Dispatcher.PostAsync($"/api/imports/{preview.Id()}/commit", new { });
        var row = (await demo.Dispatcher.GetAsync($"/api/orders?q={prefix}1")).Item();
        var at = (await demo.Dispatcher.GetAsync($"/api/orders/{row.Id()}")).GetProperty("options")[0].GetProperty("at");
        Assert.Equal(expected, string.Create(CultureInfo.InvariantCulture, $"{row.Count("weightGrams")} {row.Count("volumeMl")} {row.BeijingTime("promiseFrom")}-{row.BeijingTime("promiseUntil")} {at[0].GetDouble():0.0000}"));
        Assert.Contains(row.GetProperty("phoneTail").GetString(), (string[])["5678", ",801"]);
    }

    [Fact]
    public async Task Dates_that_could_be_read_both_ways_are_refused_with_every_other_fault_of_the_row()
    {
        var preview = await demo.Dispatcher.UploadAsync("运单号,收件人,电话,地址,经度,纬度,重量g,体积ml,派送日期\nAMB1,王五,1,望京街,116.47,39.99,0,3000,3/4/2027\n"u8.ToArray(), "JX");

        Assert.Equal(["day date.order", "recipientPhone format", "weightGrams range"], preview.Problems().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Numbers_beyond_all_bounds_are_quarantined_and_the_rest_is_taken()
    {
        string Row(string waybill, string lon, string weight, string size) => $"{waybill},王五,13812345678,望京街,{lon},39.99,{weight},{size},{On("yyyy-MM-dd")}\n";
        var file = "运单号,收件人,电话,地址,经度,纬度,重量g,长*宽*高(cm),派送日期\n" + Row("HUGE1", "1e400", "800", "30*20*10") + Row("HUGE2", "116.47", "1e400", "30*20*10") + Row("HUGE3", "116.47", "800", "1e200*1e200*1") + Row("HUGE4", "∞", "800", "30*20*10") + Row("HUGE5", "116.47", "800", "30*20*10");
        var preview = await demo.Dispatcher.UploadAsync(Encoding.UTF8.GetBytes(file), "JX");

        Assert.Equal(["dimensions format", "lon format", "lon format", "weightGrams format"], preview.Problems().Order(StringComparer.Ordinal));
        var report = await demo.Dispatcher.PostAsync($"/api/imports/{preview.Id()}/commit", new { });
        Assert.Equal((1, 4), (report.Count("created"), report.Count("quarantined")));
    }

    [Fact]
    public async Task Row_with_a_cell_too_many_is_quarantined_whole()
    {
        var preview = await demo.Dispatcher.UploadAsync(Encoding.UTF8.GetBytes($"运单号,收件人,电话,经度,纬度,重量g,体积ml,派送日期,地址\nSUR1,王五,13812345678,116.47,39.99,800,3000,{On("yyyy-MM-dd")},望京街9号,2 单元\n"), "JX");

        Assert.Equal(["row row.cells"], preview.Problems());
        Assert.Equal((1, 1, 0), (preview.Count("rowCount"), preview.Count("wouldQuarantine"), preview.Count("wouldCreate")));
    }

    [Fact]
    public async Task Columns_a_file_lacks_are_named_and_can_be_given_for_all_rows()
    {
        var file = Encoding.UTF8.GetBytes("运单号,收件人,电话,地址,经度,纬度,重量\nLACK1,王五,13812345678,望京街,116.47,39.99,2.5\n");
        var preview = await demo.Dispatcher.UploadAsync(file, "JX");
        Assert.Equal(["day", "volumeMl"], preview.GetProperty("missing").EnumerateArray().Select(m => m.GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal("kg", preview.GetProperty("units").GetProperty("weightGrams").GetString());
        Assert.Equal("unit.assumed", preview.GetProperty("notes")[0].GetProperty("rule").GetString());

        var mapping = preview.GetProperty("mapping").EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetString());
        mapping["volumeMl"] = "=3L";
        mapping["day"] = "=" + On("yyyy-MM-dd");
        mapping["weightGrams.unit"] = "g";
        var mapped = await demo.Dispatcher.PutAsync($"/api/imports/{preview.Id()}/mapping", mapping);

        Assert.Empty(mapped.GetProperty("missing").EnumerateArray());
        Assert.Empty(mapped.GetProperty("notes").EnumerateArray());
        Assert.Equal(1, mapped.Count("wouldCreate"));
        await demo.Dispatcher.PostAsync($"/api/imports/{preview.Id()}/commit", new { });
        var row = (await demo.Dispatcher.GetAsync("/api/orders?q=LACK1")).Item();
        Assert.Equal((3, 3000), (row.Count("weightGrams"), row.Count("volumeMl")));

        mapping["weightGrams.unit"] = "stone";
        var again = await demo.Dispatcher.UploadAsync(file, "JX");
        await demo.Dispatcher.PutAsync($"/api/imports/{again.Id()}/mapping", mapping, System.Net.HttpStatusCode.BadRequest);
    }
}
