using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Logistics.Domain;
using Logistics.Domain.Devices;
using Logistics.Storage;

namespace Logistics.Benchmarks;

/// <summary>
/// <c>devices</c>: gives the demo city many more devices and measures the list of them: <c>GET /api/devices</c> over the wire, and the Devices page in Chromium from the navigation to its first row. Wall seconds.
/// </summary>
internal static class DevicesVerb
{
    private const int Loads = 10;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0 || !File.Exists(args[0]) || !File.Exists(BenchBrowser.Chromium))
        {
            await Console.Error.WriteLineAsync($"usage: devices PATH-TO/Logistics.Web.dll [DEVICES]; build web/Logistics.Web in Release first, and install {BenchBrowser.Chromium}.");
            return 2;
        }

        int count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000;
        var folder = Directory.CreateTempSubdirectory("logistics-bench-");
        try
        {
            using (var first = await HostVerb.StartAsync(args[0], folder.FullName, "first start, demo city")) await HostVerb.StopAsync(first);
            await RegisterAsync(folder.FullName, count);
            using var host = await HostVerb.StartAsync(args[0], folder.FullName, "start to first page");
            try
            {
                await HostVerb.SignInAsync(host.Http);
                await ListAsync(host.Http);
                await ShowAsync(host.Http.BaseAddress!.ToString());
            }
            finally
            {
                await HostVerb.StopAsync(host);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    private static async Task RegisterAsync(string folder, int count)
    {
        await using var storage = await LogisticsStorage.OpenAsync(new StorageOptions(folder), TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        var devices = Enumerable.Range(0, count).Select(i => new RegisteredDevice($"bench-{i:00000}", DeviceKind.Handheld, $"Bench {i:00000}") { RegisteredAt = now }).ToList();
        await storage.WriteAsync(db => storage.Devices.SaveAllAsync(db, devices, Actor.System("bench")));
    }

    private static async Task ListAsync(HttpClient http)
    {
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        for (int i = 0; i < Loads; i++)
        {
            var watch = Stopwatch.StartNew();
            var packed = await http.GetByteArrayAsync("/api/devices");
            double ms = watch.Elapsed.TotalMilliseconds;
            using var plain = new MemoryStream();
            using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress)) gzip.CopyTo(plain);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ms,8:0} ms  GET /api/devices, {packed.Length >> 10} KB of gzip for {plain.Length >> 10} KB"));
        }
    }

    private static async Task ShowAsync(string address)
    {
        await using var browser = await BenchBrowser.SignInAsync(address);
        for (int i = 0; i < Loads; i++)
        {
            var watch = Stopwatch.StartNew();
            await browser.Page.GotoAsync(address + "devices");
            await browser.Page.WaitForSelectorAsync(".pane-left .table-row");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalMilliseconds,8:0} ms  navigation to the first row of the Devices page"));
        }
    }
}
