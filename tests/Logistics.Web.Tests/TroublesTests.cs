using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Logistics.Storage;
using Logistics.Web.Imports;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.Web.Tests;

/// <summary>Trouble around a real host: a full disk, a road router that is away, uploads without end. It says what and where, keeps nothing half, goes on serving and recovers.</summary>
public sealed class TroublesTests
{
    private const int Many = 3_000;

    [Fact]
    public async Task Full_disk_is_told_keeps_nothing_and_is_recovered_from()
    {
        await using var host = await TestHost.StartAsync(parcels: 60);
        using var client = await host.SignInAsync("dispatcher");
        var day = client.Me.GetProperty("today").GetString()!;
        var file = OrderFile("FULLC", day);
        var preview = await client.UploadAsync(file, "JX");
        var before = await client.GetAsync("/api/plans?day=" + day);
        // A page limit is the same error to SQLite as a full disk. The pragma belongs to the writer's connection.
        await LimitAsync(host, 20);

        var bulk = await client.PostAsync("/api/orders/bulk", Orders("FULLB", day), HttpStatusCode.InsufficientStorage);
        var commit = await client.PostAsync($"/api/imports/{preview.Id()}/commit", new { }, HttpStatusCode.InsufficientStorage);
        var job = await SolveAsync(client, new { seconds = 0.5 });

        Assert.Equal(["data disk.full"], bulk.Problems());
        Assert.Contains("full", bulk.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(["data disk.full"], commit.Problems());
        // A small plan may still find room; where it does not, it says so and leaves no version.
        if (job.GetProperty("state").GetString() == "failed") Assert.Equal("disk.full", job.GetProperty("error").GetProperty("problems")[0].GetProperty("rule").GetString());
        Assert.Equal(0, (await client.GetAsync("/api/orders?q=FULL&limit=1")).Count("total"));
        Assert.True((await client.GetAsync("/api/board")).Count("total") > 0);

        await LimitAsync(host, 1_000_000);

        Assert.Equal(Many, (await client.PostAsync("/api/orders/bulk", Orders("FULLB", day))).Count("created"));
        Assert.Equal(Many, (await client.PostAsync($"/api/imports/{preview.Id()}/commit", new { })).Count("created"));
        Assert.Equal("done", (await SolveAsync(client, new { seconds = 0.5 })).GetProperty("state").GetString());
        Assert.True((await client.GetAsync("/api/plans?day=" + day)).GetArrayLength() > before.GetArrayLength());
    }

    [Fact]
    public async Task Road_router_that_is_away_is_named_with_setting_and_remedy_and_nothing_falls_back_by_itself()
    {
        await using var host = await TestHost.StartAsync(parcels: 60);
        using var admin = await host.SignInAsync("admin");
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        string address = $"http://127.0.0.1:{((IPEndPoint)nobody.LocalEndpoint).Port}/";
        nobody.Stop();
        var settings = await admin.GetAsync("/api/settings");
        await admin.PutAsync("/api/settings", With(settings, "osrm", address));

        var job = await SolveAsync(admin, new { seconds = 0.5 });

        Assert.Equal("failed", job.GetProperty("state").GetString());
        var problem = Assert.Single(job.GetProperty("error").GetProperty("problems").EnumerateArray());
        Assert.Equal(("osrmUrl", "travel.unavailable", address), (problem.GetProperty("field").GetString(), problem.GetProperty("rule").GetString(), problem.GetProperty("value").GetString()));
        Assert.Contains("great-circle", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, job.GetProperty("planId").ValueKind);
        Assert.True((await admin.GetAsync("/api/board")).Count("total") > 0);

        await admin.PutAsync("/api/settings", With(settings, "greatCircle", null));

        Assert.Equal("done", (await SolveAsync(admin, new { seconds = 0.5 })).GetProperty("state").GetString());
    }

    /// <summary>A gigabyte sent without saying how much it is: the host stops reading where its limit is.</summary>
    [Fact]
    public async Task Endless_upload_is_cut_at_the_limit_and_leaves_nothing()
    {
        await using var host = await TestHost.StartAsync(isEmpty: true);
        using var client = await host.SignInAsync("admin");
        var sent = new EndlessFile(1L << 30);
        using var form = new MultipartFormDataContent { { sent, "file", "huge.csv" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/imports") { Content = form };
        request.Headers.TransferEncodingChunked = true;

        HttpStatusCode? status = null;
        try
        {
            using var answer = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            status = answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The host may close the connection before the answer is read: it owes nobody a gigabyte of patience.
        }

        Assert.True(status is null or HttpStatusCode.RequestEntityTooLarge, $"answered {status}");
        Assert.InRange(sent.Sent, 1, 2 * UploadFolder.MostBytes);
        var folder = Path.Combine(host.App.Services.GetRequiredService<Hosting.HostSettings>().DataDirectory, "uploads");
        while (Directory.GetFiles(folder).Length > 0) await client.GetAsync("/api/imports");
        Assert.Empty((await client.GetAsync("/api/imports")).EnumerateArray());
    }

    private static Task<long> LimitAsync(TestHost host, int morePages) =>
        host.App.Services.GetRequiredService<LogisticsStorage>().WriteAsync(async db => await db.NumberAsync("pragma max_page_count = " + (await db.NumberAsync("pragma page_count") + morePages)));

    private static async Task<JsonElement> SolveAsync(TestClient client, object request)
    {
        var job = await client.PostAsync("/api/plans/solve", request, HttpStatusCode.Accepted);
        while (job.GetProperty("state").GetString() is not ("done" or "cancelled" or "failed")) job = await client.GetAsync($"/api/plans/solve/{job.Id()}");
        return job;
    }

    private static Dictionary<string, object?> With(JsonElement settings, string travel, string? osrmUrl)
    {
        var changed = settings.EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value, StringComparer.Ordinal);
        (changed["travel"], changed["osrmUrl"]) = (travel, osrmUrl);
        return changed;
    }

    private static object[] Orders(string prefix, string day) =>
    [
        .. Enumerable.Range(0, Many).Select(i => new
        {
            partner = "JX", waybill = $"{prefix}{i:D6}", sizeClass = "S", weightGrams = 500, volumeMl = 1200, recipientName = "测试", recipientPhone = $"1000{i:D7}", recipientAddress = $"朝阳区测试路{i}号",
            lon = 116.4725, lat = 39.9965, promiseFrom = $"{day}T12:00:00+08:00", promiseUntil = $"{day}T23:59:00+08:00", options = new[] { new { kind = "door" } },
        }),
    ];

    private static byte[] OrderFile(string prefix, string day)
    {
        var text = new StringBuilder("waybill,name,phone,address,lon,lat,weight,volume,size,from,until\n");
        for (var i = 0; i < Many; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{prefix}{i:D6},王小明,13812345678,朝阳区望京街9号,116.4725,39.9965,500,3000,S,{day} 12:00,{day} 23:59\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Lines without end, counted as they leave.</summary>
    private sealed class EndlessFile : HttpContent
    {
        private readonly long _length;
        private long _sent;

        public EndlessFile(long length)
        {
            _length = length;
            Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        }

        public long Sent => Interlocked.Read(ref _sent);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var block = new byte[1 << 16];
            Array.Fill(block, (byte)'A');
            while (Sent < _length)
            {
                await stream.WriteAsync(block);
                Interlocked.Add(ref _sent, block.Length);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
