using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Logistics.Web.Imports;

namespace Logistics.Web.Tests;

public sealed class ImportsTests(DemoHost demo)
{
    private static readonly string Tomorrow = DateTimeOffset.UtcNow.AddDays(2).ToString("yyyy/M/d", System.Globalization.CultureInfo.InvariantCulture);

    static ImportsTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    private static string ChineseFile(string prefix) =>
        $"""
        运单号,收件人姓名,联系电话,收货地址,经度,纬度,坐标系,重量（kg）,体积(L),规格,配送日期,时间段,是否同意代收
        {prefix}1,王小明,13812345678,"朝阳区望京街9号, 2 单元",116.4787,39.9979,GCJ-02,2.5,6,中,{Tomorrow},09:00-12:00,是
        {prefix}2,李雷,13812345679,朝阳区望京街10号,116.4725,39.9965,,0.8kg,3,小,{Tomorrow},9点~12点,否
        {prefix}3,,abc,朝阳区,116.4725,39.9965,,heavy,3,小,{Tomorrow},09:00-12:00,否

        """;

    [Fact]
    public async Task Gb18030_file_is_recognised_mapped_previewed_and_committed()
    {
        var prefix = "GB" + Guid.NewGuid().ToString("N")[..6];
        var preview = await demo.Dispatcher.UploadAsync(Encoding.GetEncoding("GB18030").GetBytes(ChineseFile(prefix)), "JX");

        Assert.Equal("gb18030", preview.GetProperty("encoding").GetString());
        Assert.Equal("重量（kg）", preview.GetProperty("mapping").GetProperty("weightGrams").GetString());
        Assert.Equal("联系电话", preview.GetProperty("mapping").GetProperty("recipientPhone").GetString());
        Assert.Equal((3, 2, 1), (preview.Count("rowCount"), preview.Count("wouldCreate"), preview.Count("wouldQuarantine")));
        Assert.Equal(["recipientName required", "recipientPhone format", "weightGrams format"], preview.Problems().Order(StringComparer.Ordinal));
        Assert.Equal(0, (await demo.Dispatcher.GetAsync($"/api/orders?q={prefix}")).Count("total"));

        var report = await demo.Dispatcher.PostAsync($"/api/imports/{preview.Id()}/commit", new { });

        Assert.Equal((3, 2, 1), (report.Count("rowCount"), report.Count("created"), report.Count("quarantined")));
        var row = (await demo.Dispatcher.GetAsync($"/api/orders?q={prefix}1")).Item();
        Assert.Equal((2500, 6000, "M"), (row.Count("weightGrams"), row.Count("volumeMl"), row.GetProperty("sizeClass").GetString()));
        // GCJ-02 was undone: the shift at this place is about 500 m.
        var at = (await demo.Dispatcher.GetAsync($"/api/orders/{row.Id()}")).GetProperty("options")[0].GetProperty("at");
        Assert.InRange(at[0].GetDouble(), 116.470, 116.476);
    }

    [Fact]
    public async Task Day_given_with_the_upload_is_that_of_rows_that_name_none()
    {
        var prefix = "DY" + Guid.NewGuid().ToString("N")[..6];
        var (given, named) = (DateTimeOffset.UtcNow.AddDays(3), DateTimeOffset.UtcNow.AddDays(4));
        string Invariant(DateTimeOffset at) => at.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        const string header = "运单号,收件人姓名,联系电话,收货地址,经度,纬度,重量（kg）,体积(L),规格,时间段";
        const string rest = "王小明,13812345678,望京街9号,116.4725,39.9965,2.5,6,中,09:00-12:00";

        var bare = await demo.Dispatcher.UploadAsync(Encoding.UTF8.GetBytes($"{header}\n{prefix}1,{rest}\n"), "JX", day: Invariant(given));
        Assert.Equal("=" + Invariant(given), bare.GetProperty("mapping").GetProperty("day").GetString());
        await demo.Dispatcher.PostAsync($"/api/imports/{bare.Id()}/commit", new { });
        Assert.Equal(Invariant(given) + "T01:00:00Z", (await demo.Dispatcher.GetAsync($"/api/orders?q={prefix}1")).Item().GetProperty("promiseFrom").GetString());

        var dated = await demo.Dispatcher.UploadAsync(Encoding.UTF8.GetBytes($"{header},配送日期\n{prefix}2,{rest},{Invariant(named)}\n"), "JX", day: Invariant(given));
        Assert.Equal("配送日期", dated.GetProperty("mapping").GetProperty("day").GetString());

        var refused = await demo.Dispatcher.UploadAsync(Encoding.UTF8.GetBytes(header), "JX", expected: HttpStatusCode.BadRequest, day: "tomorrow");
        Assert.Equal(["day format"], refused.Problems());
    }

    public static TheoryData<string, string, string> UnseenFiles
    {
        get
        {
            var day = DateTimeOffset.UtcNow.AddDays(2);
            string slashes = day.ToString("yyyy/M/d", System.Globalization.CultureInfo.InvariantCulture), chinese = day.ToString("yyyy年M月d日", System.Globalization.CultureInfo.InvariantCulture);
            return new()
            {
                // As Excel exports it: a mark, CR LF, a date with its midnight, a comment over two lines, columns and lines left empty.
                { "excel", "utf-8", $"\uFEFF收件人地址,收件人,手机号,快递单号,重量(kg),体积（升）,尺寸,经度,纬度,派送日期,备注,,\r\n\"望京街9号\r\n2 单元\",王小明,１３８１２３４５６７８,@1,2.5,6,中,116.4725,39.9965,{slashes} 0:00,\"多行\n备注\",,\r\n,,,,,,,,,,,,\r\n\r\n" },
                { "semicolons", "gb18030", $"运单编号;客户姓名;联系方式;详细地址;经纬度;毛重（公斤）;包裹体积;包裹大小;送货日期\n@1;李雷;13812345679;望京街10号;116.4725,39.9965;１．２;3000;小;{chinese}\n" },
                // Excel's "Unicode text".
                { "unicode text", "utf-16", $"\uFEFF运单号\t收件人\t电话\t地址\t经度\t纬度\t重量kg\t体积L\t规格\t送货日期\r\n@1\t王小明\t13812345678\t望京街9号\t116.4725\t39.9965\t2.5\t6\t中\t{slashes}\r\n" },
                { "unicode, the other way round", "utf-16BE", $"\uFEFF运单号,收件人,电话,地址,经度,纬度,重量kg,体积L,规格,送货日期\r\n@1,王小明,13812345678,望京街9号,116.4725,39.9965,2.5,6,中,{slashes}\r\n" },
                { "tabs", "utf-8", $"Size\tTracking No.\tReceiver\tMobile\tFull Address\tLng\tLat\tWeight (g)\tVolume (ml)\tDelivery Date\nS\t@1\tLi Lei\t13812345670\tWangjing St 11\t116.4725\t39.9965\t1,200\t3000\t{day:yyyy-MM-dd}\n" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(UnseenFiles))]
    public async Task File_never_seen_before_is_mapped_without_help(string name, string encoding, string text)
    {
        var prefix = "UN" + Guid.NewGuid().ToString("N")[..6];
        var preview = await demo.Dispatcher.UploadAsync(Encoding.GetEncoding(encoding).GetBytes(text.Replace("@", prefix, StringComparison.Ordinal)), "JX", name + ".csv");

        Assert.Empty(preview.Problems());
        Assert.Equal((1, 1), (preview.Count("rowCount"), preview.Count("wouldCreate")));
        var report = await demo.Dispatcher.PostAsync($"/api/imports/{preview.Id()}/commit", new { });
        Assert.Equal(1, report.Count("created"));
        Assert.Equal(1, (await demo.Dispatcher.GetAsync($"/api/orders?q={prefix}1")).Count("total"));
    }

    [Fact]
    public async Task Same_file_again_creates_nothing()
    {
        var file = Encoding.UTF8.GetBytes(ChineseFile("AGAIN" + Guid.NewGuid().ToString("N")[..6]));
        var first = await demo.Dispatcher.UploadAsync(file, "JX");
        await demo.Dispatcher.PostAsync($"/api/imports/{first.Id()}/commit", new { });

        var second = await demo.Dispatcher.UploadAsync(file, "JX");

        Assert.Equal((0, 2, 1), (second.Count("wouldCreate"), second.Count("unchanged"), second.Count("wouldQuarantine")));
    }

    [Fact]
    public async Task Columns_with_unknown_names_are_chosen_by_hand()
    {
        var file = "Ref;Nr\nX1;MAPPED1\n"u8.ToArray();
        var preview = await demo.Dispatcher.UploadAsync(file, "JX");
        Assert.Equal(";", preview.GetProperty("delimiter").GetString());

        var mapped = await demo.Dispatcher.PutAsync($"/api/imports/{preview.Id()}/mapping", new Dictionary<string, string?> { ["waybill"] = "Nr" });

        Assert.Equal("Nr", mapped.GetProperty("mapping").GetProperty("waybill").GetString());
        Assert.DoesNotContain("waybill required", mapped.Problems());
        var wrong = await demo.Dispatcher.PutAsync($"/api/imports/{preview.Id()}/mapping", new Dictionary<string, string?> { ["waybill"] = "Nope", ["what"] = "Nr" }, HttpStatusCode.BadRequest);
        Assert.Equal(["waybill header.unknown", "what field.unknown"], wrong.Problems().Order(StringComparer.Ordinal));
    }

    public static TheoryData<string, byte[], string> BadFiles => new()
    {
        { "xlsx", [.. "PK\x03\x04"u8, 0, 0], "Excel" },
        { "utf-16, cut off", [0xFF, 0xFE, 0x41, 0x00, 0x42], "UTF-16" },
        { "utf-16 without its mark", [0x41, 0x00, 0x42, 0x00], "zero bytes" },
        { "empty", [], "empty" },
        { "neither", [.. "waybill\n"u8, 0xFF, 0xFF, 0x0A], "neither UTF-8" },
        { "binary", [.. "waybill\n"u8, 0, 1, 2], "zero bytes" },
        { "without headers", [.. "NH1,Li Lei,13812345678,Wangjing 9,116.4725,39.9965,1200,6000\n"u8], "no header line" },
        { "cut off in a quote", [.. "waybill,name\nA,\"never closed"u8], "cut off" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task File_that_is_no_csv_gets_one_clear_error(string name, byte[] file, string says)
    {
        var answer = await demo.Dispatcher.UploadAsync(file, "JX", name, HttpStatusCode.BadRequest);

        Assert.Contains(says, answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(await LastingAsync());
    }

    [Fact]
    public async Task Upload_that_is_too_large_is_refused_before_it_is_sent()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(demo.Host.Address.Host, demo.Host.Address.Port);
        await using var stream = socket.GetStream();
        var cookie = await CookieAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/imports HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1073741824\r\n{cookie}\r\n\r\n"));

        using var reader = new StreamReader(stream);
        Assert.Contains("413", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cut_off_upload_leaves_nothing()
    {
        var cookie = await CookieAsync();
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(demo.Host.Address.Host, demo.Host.Address.Port);
            var head = $"POST /api/imports HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n{cookie}\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\r\nwaybill\r\n";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + new string('A', 50_000)));
        }
        // The server notices the closed socket on its own; a later request must find no trace of it.
        Assert.Empty(await LastingAsync());
        Assert.DoesNotContain((await demo.Dispatcher.GetAsync("/api/imports")).EnumerateArray(), i => i.GetProperty("fileName").GetString() == "x.csv");
    }

    /// <summary>Files nobody waits for that stay; those of uploads going on beside go by themselves.</summary>
    private async Task<string[]> LastingAsync()
    {
        var files = LeftOvers();
        for (var i = 0; i < 200 && files.Length > 0; i++)
        {
            await demo.Dispatcher.GetAsync("/api/imports");
            files = [.. files.Intersect(LeftOvers(), StringComparer.Ordinal)];
        }
        return files;
    }

    private string[] LeftOvers()
    {
        var settings = (Hosting.HostSettings)demo.Host.App.Services.GetService(typeof(Hosting.HostSettings))!;
        var waiting = ((UploadFolder)demo.Host.App.Services.GetService(typeof(UploadFolder))!).List().Select(u => u.Path).ToHashSet(StringComparer.Ordinal);
        return [.. Directory.GetFiles(Path.Combine(settings.DataDirectory, "uploads")).Where(f => !waiting.Contains(f))];
    }

    /// <summary>Header lines of a signed-in session, for requests written by hand.</summary>
    private async Task<string> CookieAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = demo.Host.Address };
        var response = await client.PostAsync("/api/session", new StringContent($$"""{"name":"dispatcher","password":"{{TestHost.Password}}"}""", Encoding.UTF8, "application/json"));
        using var me = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return $"Cookie: {response.Headers.GetValues("Set-Cookie").First().Split(';')[0]}\r\nX-CSRF-TOKEN: {me.RootElement.GetProperty("csrfToken").GetString()}";
    }
}
