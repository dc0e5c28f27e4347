using System.Globalization;
using System.Net;
using System.Text;

namespace Logistics.Web.Tests;

/// <summary>Order files in the manner of the large platforms, carriers and shops: what the preview concludes, what it asks, and which orders come of it.</summary>
public sealed class PartnerFilesTests(DemoHost demo)
{
    private static readonly DateOnly Day = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(3));

    static PartnerFilesTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static string On(string format) => Day.ToString(format, CultureInfo.InvariantCulture);

    private static string Wide(string text) => string.Concat(text.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c == ' ' ? '\u3000' : c));

    /// <summary>A day within reach whose number no month has.</summary>
    private static DateOnly Unmistakable()
    {
        var day = Day;
        while (day.Day <= 12) day = day.AddDays(1);
        return day;
    }

    /// <summary>Name, encoding, text (@ = a prefix of the run's own) and what must come of it: columns missing, notes, faults by row, orders with grams, millilitres and local hours of the promise.</summary>
    public static TheoryData<string, string, string, string> Files => new()
    {
        {
            "a platform: masked phones, province and city apart, grams and cubic centimetres by header", "utf-8",
            $"\uFEFF物流公司,运单号码,收件人姓名,收件人手机,收件省,收件市,收件区,收件人详细地址,包裹重量(克),包裹体积(cm3),经度,纬度,预约配送时间\r\n菜鸟,@1,王小明,138****5678,北京,北京市,朝阳区,望京街9号,1200,6000,116.4725,39.9965,{On("yyyy-MM-dd")} 09:00-12:00\r\n",
            "@1 1200 6000 09:00-12:00"
        },
        {
            "a retailer: headers in the fourth line, day and hours in columns of their own", "gb18030",
            $"配送订单明细\r\n\r\n导出人：张三,导出时间：2026-11-20\r\n订单编号,商品名称,客户姓名,客户电话,客户地址,期望配送日期,时间段,重量(KG),体积(立方厘米),LNG,LAT\r\n@1,手机壳,王小明,13812345678,望京街9号,{On("yyyy/M/d")},09:00-15:00,1.2,6000,116.4725,39.9965\r\n",
            "@1 1200 6000 09:00-15:00"
        },
        {
            "a carrier: sides in the volume's column, weight by volume beside the weight, a deadline in words", "utf-8",
            $"运单号,寄方公司,寄方电话,收方姓名,收方电话,收方地址,托寄物,计费重量,体积重量,件数,体积(长*宽*高),收方经度,收方纬度,派送时间\n@1,顺丰,010-1,王小明,13812345678,望京街9号,书,1.2kg,2.5kg,1,30*20*10,116.4725,39.9965,{On("yyyy年M月d日")} 14点前\n",
            "@1 1200 6000 09:00-14:00"
        },
        {
            "a food delivery: no volume anywhere, so it is asked for", "utf-8",
            $"订单号,商户,顾客姓名,顾客电话,送货地址,期望送达时间,商品重量,箱型,地图坐标\n@1,粥铺,王小明,13812345678,望京街9号,{On("yyyy-MM-dd")}上午,3.2kg,中,\"39.9965,116.4725\"\n",
            "missing volumeMl; 1 volumeMl required"
        },
        {
            "a supermarket: its own brand, groups of goods and pack sizes in columns that sound like ours", "utf-8",
            $"商家,运单号,收货人,手机号,收货地址,经度,纬度,毛重kg,体积L,类别,规格,送货时段,送货日期\n旗舰店,@1,王小明,13812345678,望京街9号,116.4725,39.9965,1.2,6,豆制品,500g*2,上午,{On("yyyy-MM-dd")}\n",
            "sizeClass column.unused 规格; handling column.unused 类别; partner column.unused 商家; @1 1200 6000 09:00-12:00"
        },
        {
            "full-width digits, colons and tildes", "utf-16",
            $"\uFEFF运单号\t收货人\t手机号码\t收货地址\t经度\t纬度\t重量（克）\t体积（立方厘米）\t配送时间\r\n@1\t王小明\t{Wide("13812345678")}\t望京街９号\t{Wide("116.4725")}\t{Wide("39.9965")}\t{Wide("1200")}\t{Wide("6000")}\t{Wide(On("yyyy-MM-dd") + " 09:00~12:00")}\r\n",
            "@1 1200 6000 09:00-12:00"
        },
        {
            "an empty line, then a total", "gb18030",
            $"序号,运单号,收件人,电话,地址,经度,纬度,重量kg,体积L,配送日期\r\n1,@1,王小明,13812345678,望京街9号,116.4725,39.9965,1.2,6,{On("yyyy-MM-dd")}\r\n,,,,,,,,,\r\n合计：,,,,,,,1.2,6,\r\n",
            "waybill rows.aside 3; @1 1200 6000 09:00-21:00"
        },
        {
            "semicolons, line breaks in an address, a remark at the end in the waybill's column", "utf-8",
            $"运单号;收件人;电话;地址;经度;纬度;重量kg;体积L;配送日期\r\n@1;王小明;13812345678;\"望京街9号\r\n2单元\";116.4725;39.9965;1,2;6;{On("yyyy-MM-dd")}\r\n备注：以上为今日全部订单;;;;;;;;\r\n",
            "waybill rows.aside 2; @1 1200 6000 09:00-21:00"
        },
        {
            "waybills and phones that a spreadsheet has rounded", "utf-8",
            $"运单号,收件人,电话,地址,经度,纬度,重量g,体积ml,配送日期\n1.23457E+12,王小明,1.38123E+10,望京街9号,116.4725,39.9965,1200,6000,{On("yyyy-MM-dd")}\n",
            "1 recipientPhone format; 1 waybill format"
        },
        {
            "apostrophes that kept digits as text", "utf-8",
            $"运单号,收件人,电话,地址,经度,纬度,重量g,体积ml,配送日期\n'@1,王小明,'13812345678,望京街9号,'116.4725,'39.9965,'1200,'6000,'{On("yyyy-MM-dd")}\n",
            "@1 1200 6000 09:00-21:00"
        },
        {
            "the same order twice, and once more with another weight", "utf-8",
            $"运单号,收件人,电话,地址,经度,纬度,重量g,体积ml,配送日期\n@1,王小明,13812345678,望京街9号,116.4725,39.9965,1200,6000,{On("yyyy-MM-dd")}\n@1,王小明,13812345678,望京街9号,116.4725,39.9965,1200,6000,{On("yyyy-MM-dd")}\n@1,王小明,13812345678,望京街9号,116.4725,39.9965,1300,6000,{On("yyyy-MM-dd")}\n",
            "waybill rows.repeated 3; unchanged 1; revised 1; @1 1300 6000 09:00-21:00"
        },
        {
            "day and hours merged over three orders", "utf-8",
            $"配送日期,时间段,运单号,收件人,电话,地址,经度,纬度,重量g,体积ml\n{On("yyyy-MM-dd")},9:00-12:00,@1,王小明,13812345678,望京街9号,116.4725,39.9965,1200,6000\n,,@2,李雷,13812345678,望京街10号,116.4725,39.9965,1200,6000\n,14:00-18:00,@3,韩梅,13812345678,望京街11号,116.4725,39.9965,1200,6000\n,,@4,赵六,13812345678,望京街12号,116.4725,39.9965,1200,6000\n",
            "day cells.merged 配送日期; promiseWindow cells.merged 时间段; @1 1200 6000 09:00-12:00; @2 1200 6000 09:00-12:00; @3 1200 6000 14:00-18:00; @4 1200 6000 14:00-18:00"
        },
        {
            "a recipient merged over two parcels is not guessed", "utf-8",
            $"运单号,收件人,电话,地址,经度,纬度,重量g,体积ml,配送日期\n@1,王小明,13812345678,望京街9号,116.4725,39.9965,1200,6000,{On("yyyy-MM-dd")}\n@2,,,,,,1200,6000,{On("yyyy-MM-dd")}\n",
            "2 lat required; 2 lon required; 2 recipientAddress required; 2 recipientName required; 2 recipientPhone required; @1 1200 6000 09:00-21:00"
        },
        {
            "month and day without a year", "utf-8",
            $"运单号,收件人,电话,地址,经度,纬度,重量g,体积ml,配送时间\n@1,王小明,13812345678,望京街9号,116.4725,39.9965,1200,6000,{Unmistakable().ToString("M/d", CultureInfo.InvariantCulture)} 9:00~11:00\n@2,王小明,13812345678,望京街9号,116.4725,39.9965,1200,6000,9/12\n",
            "2 promiseWindow format; @1 1200 6000 09:00-11:00"
        },
        {
            "catties in the cell, cubic metres in the cell, a virtual number", "utf-8",
            $"运单号,收件人,电话,地址,经度,纬度,重量,体积,最晚送达\n@1,王小明,17012345678-5678,望京街9号,116.4725,39.9965,2.4斤,0.006m³,{On("M月d日")}18:00\n",
            "@1 1200 6000 09:00-18:00"
        },
        {
            "positions of a third map", "utf-8",
            $"运单号,收件人,电话,地址,经度(BD-09),纬度(BD-09),重量g,体积ml,配送日期\n@1,王小明,13812345678,望京街9号,116.485204,40.003614,1200,6000,{On("yyyy-MM-dd")}\n",
            "datum datum.header BD09; @1 1200 6000 09:00-21:00"
        },
        {
            "an English warehouse: sides by header, decimal commas, a deadline", "utf-8",
            $"Shipment No;Consignee;Phone;Street;City;Zone;Lng;Lat;Weight (kg);Dims (cm);Deliver By\r\n@1;Li Lei;+86 138 1234 5678;Wangjing St 9;Beijing;Chaoyang;116,4725;39,9965;1,2;30x20x10;{On("yyyy-MM-dd")} 18:00\r\n",
            "@1 1200 6000 09:00-18:00"
        },
        {
            "a language nobody here reads: every column is asked for", "utf-8",
            "Sendungsnummer;Empfänger;Telefon;Anschrift;Längengrad;Breitengrad;Gewicht;Rauminhalt;Liefertag\n@1;Li Lei;13812345678;Wangjing 9;116,4725;39,9965;1,2;6;1.12.2026\n",
            "missing waybill recipientName recipientPhone recipientAddress weightGrams volumeMl day lon lat"
        },
        {
            "headers and nothing below", "utf-8",
            "运单号,收件人,电话,地址,经度,纬度,重量g,体积ml,配送日期\n",
            ""
        },
        {
            "a form with numbers printed ahead", "utf-8",
            $"序号,运单号,收件人,电话,地址,经度,纬度,重量g,体积ml,配送日期\n1,@1,王小明,13812345678,望京街9号,116.4725,39.9965,1200,6000,{On("yyyy-MM-dd")}\n2,,,,,,,,,\n3,,,,,,,,,\n",
            "waybill rows.aside 2, 3; @1 1200 6000 09:00-21:00"
        },
        {
            "both coordinates with a space, a deadline in words, kilograms and litres in words", "gb18030",
            $"快件编号|收货人|联系电话|收货地址|GPS坐标|总重|体积|送达时限\r\n@1|王小明|010-84712345|望京街9号|116.4725 39.9965|1.2公斤|6升|{On("yyyy-MM-dd")} 18:00前\r\n",
            "datum datum.header WGS84; @1 1200 6000 09:00-18:00"
        },
        {
            "hours across two dates of one day, with seconds", "utf-8",
            $"waybill,name,phone,address,lon,lat,weight_g,volume_ml,time slot\n@1,Li Lei,13812345678,Wangjing St 9,116.4725,39.9965,1200,6000,{On("yyyy-MM-dd")} 09:00:00 - {On("yyyy-MM-dd")} 12:00:00\n",
            "@1 1200 6000 09:00-12:00"
        },
        {
            "a seller's number before the carrier's, a sender's phone, the rest of the address apart, sides in three columns", "utf-8",
            $"订单号,店铺电话,京东运单号,下单日期,日期,收货人,收货人电话,收货地址,门牌号,经度,纬度,重量g,长(mm),宽(mm),高(mm)\nO1,010-1,@1,2026-01-01,{On("yyyy-MM-dd")},王小明,13812345678,望京街9号,3单元501,116.4725,39.9965,1200,300,200,100\n",
            "@1 1200 6000 09:00-21:00"
        },
        {
            "headers in two lines, groups above; several parcels in one row; a total that counts the waybills", "gb18030",
            $"发货清单,,,,,,,,,,,\n运单号,寄件信息,,,收件信息,,,货物信息,,,配送日期,坐标\n,姓名,电话,地址,姓名,电话,地址,重量(kg),件数,体积(L),,\n@1,寄,01088880001,大兴仓,王小明,13812345678,望京街9号,1.2,1,6,{On("yyyy-MM-dd")},\"116.4725,39.9965\"\n@2,寄,01088880001,大兴仓,王小明,13812345678,望京街9号,1.2,3,6,{On("yyyy-MM-dd")},\"116.4725,39.9965\"\n合计,2单,,,,,,2.4,4,12,,\n",
            "waybill rows.aside 3; 2 pieces order.pieces; @1 1200 6000 09:00-21:00"
        },
        {
            "days with hours in the day's column", "utf-8",
            $"运单号,收件人,电话,地址,经度,纬度,重量g,体积ml,送达日期\n@1,王小明,13812345678,望京街9号,116.4725,39.9965,1200,6000,{On("yyyy/M/d")} 18:00\n@2,王小明,13812345678,望京街9号,116.4725,39.9965,1200,6000,{On("M月d日")}下午\n@3,王小明,13812345678,望京街9号,116.4725,39.9965,1200,6000,{On("yyyy-MM-dd")} 09:00-12:00\n@4,王小明,13812345678,望京街9号,116.4725,39.9965,1200,6000,{On("yyyy/M/d")} 8:00\n",
            "4 day window.lone; @1 1200 6000 09:00-18:00; @2 1200 6000 12:00-18:00; @3 1200 6000 09:00-12:00"
        },
        {
            "the script of Hong Kong, latitude where longitude should be", "utf-8",
            $"運單號,收件人,電話,地址,經度,緯度,重量(克),體積(毫升),配送日期\n@1,王小明,13812345678,望京街9號,39.9965,116.4725,1200,6000,{On("yyyy-MM-dd")}\n@2,王小明,13812345678,望京街9號,116.4725,39.9965,1200,6000,{On("yyyy-MM-dd")}\n",
            "1 lat position.swapped; @2 1200 6000 09:00-21:00"
        },
        {
            "terminals alone and an unreadable hour: no position is asked for", "utf-8",
            "运单号,收件人,电话,地址,驿站编码,是否允许入柜,重量g,体积ml,预约时间\n@1,王小明,13812345678,望京街9号,T0003,是,1200,6000,尽快\n",
            "1 promiseWindow format"
        },
        {
            "doors without an address, which are none; sides under a header that sounds like a size", "utf-8",
            $"Mail No,出库单号,Recipient,Recipient Phone,Weight(g),Size(cm),Lat,Lng,Expected Date,房号\n@1,OUT1,Li Lei,13812345678,1200,30*20*10,39.9965,116.4725,{On("yyyy-MM-dd")},801\n",
            "missing recipientAddress; 1 recipientAddress required"
        },
        {
            "a day and hour, then an hour alone", "utf-8",
            $"运单号,收件人,电话,地址,经度,纬度,重量g,体积ml,最早送达,最晚送达\n@1,王小明,13812345678,望京街9号,116.4725,39.9965,1200,6000,{On("yyyy-MM-dd")} 09:00,12:00\n",
            "@1 1200 6000 09:00-12:00"
        },
        {
            "numbers that cannot be", "utf-8",
            $"运单号,收件人,电话,地址,经度,纬度,重量g,体积ml,配送日期\n@1,王小明,13812345678,望京街9号,NaN,99,-5,1e9,2026-13-45\n",
            "1 day format; 1 lat range; 1 lon format; 1 volumeMl range; 1 weightGrams range"
        },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_of_a_partner_is_read_as_its_sender_means_it_or_asked_about(string name, string encoding, string text, string expected)
    {
        var prefix = "PF" + Guid.NewGuid().ToString("N")[..6];
        var preview = await demo.Dispatcher.UploadAsync(Encoding.GetEncoding(encoding).GetBytes(text.Replace("@", prefix, StringComparison.Ordinal)), "JX", name + ".csv");
        var found = new List<string>();
        var missing = preview.GetProperty("missing").EnumerateArray().Select(m => m.GetString()!).ToList();
        if (missing.Count > 0) found.Add("missing " + string.Join(' ', missing));
        found.AddRange(preview.GetProperty("notes").EnumerateArray().Where(n => n.GetProperty("rule").GetString() != "unit.assumed").Select(n => $"{n.GetProperty("field").GetString()} {n.GetProperty("rule").GetString()} {n.GetProperty("value").GetString()}"));
        // A file whose columns are unknown has every fault there is; what counts is what it is asked.
        if (missing.Count <= 1) found.AddRange(preview.GetProperty("problems").EnumerateArray().Select(p => $"{p.GetProperty("row").GetInt32()} {p.GetProperty("field").GetString()} {p.GetProperty("rule").GetString()}").Distinct().Order(StringComparer.Ordinal));
        foreach (var (count, word) in ((string, string)[])[("unchanged", "unchanged"), ("wouldRevise", "revised")])
        {
            if (preview.Count(count) > 0) found.Add($"{word} {preview.Count(count)}");
        }

        Assert.Equal(preview.Count("rowCount"), preview.Count("wouldCreate") + preview.Count("wouldRevise") + preview.Count("unchanged") + preview.Count("wouldQuarantine") + preview.Count("wouldRefuse"));
        var report = await demo.Dispatcher.PostAsync($"/api/imports/{preview.Id()}/commit", new { });
        Assert.Equal((preview.Count("wouldCreate"), preview.Count("wouldQuarantine")), (report.Count("created"), report.Count("quarantined")));
        var orders = (await demo.Dispatcher.GetAsync($"/api/orders?q={prefix}")).GetProperty("items").EnumerateArray();
        found.AddRange(orders.Select(o => $"{o.GetProperty("waybill").GetString()!.Replace(prefix, "@", StringComparison.Ordinal)} {o.Count("weightGrams")} {o.Count("volumeMl")} {o.BeijingTime("promiseFrom")}-{o.BeijingTime("promiseUntil")}").Order(StringComparer.Ordinal));
        Assert.Equal(expected, string.Join("; ", found));
    }

    [Fact]
    public async Task Tomorrow_is_the_day_after_the_upload_whenever_the_row_is_mended()
    {
        string Tomorrow() => DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var before = Tomorrow();
        var preview = await demo.Dispatcher.UploadAsync("运单号,收件人,电话,地址,经度,纬度,重量g,体积ml,配送时间\nTMR1,王小明,13812345678,望京街9号,116.4725,39.9965,0,6000,明天 14点前\n"u8.ToArray(), "JX");
        var report = await demo.Dispatcher.PostAsync($"/api/imports/{preview.Id()}/commit", new { });
        var row = (await demo.Dispatcher.GetAsync($"/api/quarantine?importId={report.Id()}")).Item();

        Assert.Contains(row.GetProperty("fields").GetProperty("promiseWindow").GetString(), (string[])[before + " 14点前", Tomorrow() + " 14点前"]);
    }

    [Theory]
    [InlineData("{\"waybill\":\"J1\"}\n{\"waybill\":\"J2\"}\n", "JSON")]
    [InlineData("\uFEFF [\r\n {\"waybill\":\"J1\"}]", "JSON")]
    [InlineData("<html><table><tr><td>运单号</td></tr></table></html>", "web page")]
    [InlineData("<?xml version=\"1.0\"?><Workbook/>", "XML")]
    [InlineData("PK\u0003\u0004 and the rest of a workbook", "workbook")]
    [InlineData("运单号\0收件人", "zero bytes")]
    public async Task What_is_no_table_of_text_is_refused_by_its_name(string text, string named)
    {
        var refused = await demo.Dispatcher.UploadAsync(Encoding.UTF8.GetBytes(text), "JX", "orders.xls", HttpStatusCode.BadRequest);

        Assert.Equal(["file file.format"], refused.Problems());
        Assert.Contains(named, refused.GetProperty("problems")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_another_code_page_is_refused_though_its_bytes_would_fit()
    {
        var refused = await demo.Dispatcher.UploadAsync(Encoding.GetEncoding("big5").GetBytes("運單號,收件人,電話,地址,經度,緯度,重量g,體積ml,配送日期\nTW1,張一,13800001231,望京街1號,116.4725,39.9965,1200,6000,2026-11-28\n"), "JX", "orders.csv", HttpStatusCode.BadRequest);

        Assert.Contains("nor GB18030", refused.GetProperty("problems")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
