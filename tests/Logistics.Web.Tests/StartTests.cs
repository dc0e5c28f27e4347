using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Logistics.Storage;
using Logistics.Testing;
using Logistics.Web.Demo;
using Logistics.Web.Devices;
using Logistics.Web.Hosting;
using Logistics.Web.Imports;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.Web.Tests;

public sealed class StartTests
{
    [Fact]
    public void Arguments_report_every_problem()
    {
        var settings = HostSettings.Parse(["--what", "--demo-parcels", "many", "--data"], _ => null, out var problems);

        Assert.Null(settings);
        Assert.Equal(3, problems.Count);
    }

    [Fact]
    public void Arguments_win_over_the_environment()
    {
        var settings = HostSettings.Parse(["--storage", "Host=a", "--empty", "--data=/tmp/x"], name => name == "LOGISTICS_STORAGE" ? "Host=b" : null, out _)!;

        Assert.Equal(("Host=a", true, "/tmp/x"), (settings.Storage, settings.IsEmpty, settings.DataDirectory));
        Assert.Contains($"--urls={HostSettings.DefaultUrl}", settings.PassThrough);
    }

    [Fact]
    public async Task Second_host_on_the_same_file_gets_one_clear_error()
    {
        using var folder = new TemporaryFolder();
        await using var first = await TestHost.StartAsync(isEmpty: true, dataFolder: folder.FullName);

        var refused = await Assert.ThrowsAsync<StorageException>(() => TestHost.StartAsync(isEmpty: true, dataFolder: folder.FullName));

        Assert.Equal(StorageFault.Busy, refused.Fault);
    }

    [Fact]
    public async Task First_start_makes_accounts_once_and_empty_means_empty()
    {
        using var folder = new TemporaryFolder();
        var settings = new HostSettings(folder.FullName, null, true, 1, 1, null, null, ["--urls=http://127.0.0.1:0"]) { Ports = new DevicePorts(Mqtt: 0) };
        IReadOnlyList<FirstAccount>? first, second;
        await using (var app = await LogisticsHost.BuildAsync(settings, TimeProvider.System)) first = await app.Services.GetRequiredService<Beginning>().Filled;
        await using (var app = await LogisticsHost.BuildAsync(settings, TimeProvider.System)) second = await app.Services.GetRequiredService<Beginning>().Filled;

        var admin = Assert.Single(first!);
        Assert.Equal(("admin", 20), (admin.Name, admin.Password.Length));
        Assert.Null(second);
        await using var host = await TestHost.StartAsync(isEmpty: true, dataFolder: folder.FullName);
        using var client = host.Anonymous();
        await client.SignInAsync("admin", admin.Password);
        Assert.Equal(0, (await client.GetAsync("/api/board")).Count("total"));
        Assert.Empty((await client.GetAsync("/api/network")).GetProperty("terminals").EnumerateArray());
    }

    [Fact]
    public async Task Unknown_addresses_are_problems_under_api_and_pages_elsewhere()
    {
        await using var host = await TestHost.StartAsync(isEmpty: true);
        using var client = host.Anonymous();
        await client.SignInAsync("admin", TestHost.Password);

        Assert.Equal(HttpStatusCode.NotFound, (await client.Http.GetAsync("/api/no-such")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.Http.GetAsync("/no-such.js")).StatusCode);
        var page = await client.Http.GetAsync("/plan/2026-11-22");
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
    }

    /// <summary>The real program, killed in the middle of the commit of a large file: afterwards all of it is there, or none.</summary>
    [Fact]
    public async Task Host_killed_in_the_middle_of_an_import_leaves_all_or_nothing()
    {
        const int attempts = 5;
        using var folder = new TemporaryFolder();
        for (var attempt = 1; !await KillInTheMiddleAsync(folder.FullName, attempt, Math.Min(ImportService.MostRows, 10_000 + (10_000 * attempt))); attempt++)
        {
            Assert.True(attempt < attempts, $"The import was over before the host could be killed, {attempts} times.");
        }
    }

    /// <returns>False when the machine was so slow to kill the host that its answer came before: the file is there whole, as that says, but nothing more is proven.</returns>
    private static async Task<bool> KillInTheMiddleAsync(string folder, int attempt, int rows)
    {
        bool wasAnswered;
        using (var host = HostProcess.Start(folder))
        {
            using var client = new TestClient(await host.WaitForAddressAsync());
            await client.SignInAsync("dispatcher", TestHost.Password);
            var preview = await client.UploadAsync(BuildFile(attempt, rows), "JX");
            Assert.Equal(rows, preview.Count("wouldCreate"));
            var commit = client.Http.PostAsJsonAsync($"/api/imports/{preview.Id()}/commit", new { });
            // The write-ahead log grows while the transaction writes: that is the middle.
            var wal = Path.Combine(folder, "logistics.db-wal");
            var before = new FileInfo(wal).Length;
            while (!commit.IsCompleted && new FileInfo(wal).Length < before + 1_000_000) await Task.Yield();
            host.Kill();
            wasAnswered = await Record.ExceptionAsync(async () => (await commit).EnsureSuccessStatusCode()) is null;
        }
        using (var host = HostProcess.Start(folder))
        {
            using var client = new TestClient(await host.WaitForAddressAsync());
            await client.SignInAsync("dispatcher", TestHost.Password);
            var total = (await client.GetAsync($"/api/orders?q=KILL{attempt}&limit=1")).Count("total");
            var imports = (await client.GetAsync("/api/imports")).EnumerateArray().Count(i => i.Count("rowCount") == rows);

            Assert.True((total, imports) == (rows, 1) || (!wasAnswered && (total, imports) is (0, 0)), $"{total} of {rows} orders and {imports} reports survived; {(wasAnswered ? "they were" : "nothing was")} confirmed.");
        }
        return !wasAnswered;
    }

    private static byte[] BuildFile(int attempt, int rows)
    {
        var day = DateTimeOffset.UtcNow.AddDays(2).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var text = new StringBuilder("waybill,name,phone,address,lon,lat,weight,volume,size,date\n");
        for (var i = 0; i < rows; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"KILL{attempt}{i:D6},王小明,13812345678,朝阳区望京街9号,116.4725,39.9965,500,3000,S,{day}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private sealed class HostProcess : IDisposable
    {
        private readonly Process _process;
        private readonly TaskCompletionSource<Uri> _address = new();

        private HostProcess(Process process)
        {
            _process = process;
            process.OutputDataReceived += (_, line) =>
            {
                if (line.Data?.Split("is ready: ") is [_, var url]) _address.TrySetResult(new Uri(url.Trim()));
            };
            process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("The host ended before it was ready."));
            process.EnableRaisingEvents = true;
            process.BeginOutputReadLine();
        }

        public static HostProcess Start(string data)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
            foreach (var argument in (string[])[typeof(HostSettings).Assembly.Location, "--data", data, "--urls", "http://127.0.0.1:0", "--password", TestHost.Password, "--demo-parcels", "20"]) start.ArgumentList.Add(argument);
            return new HostProcess(Process.Start(start)!);
        }

        public Task<Uri> WaitForAddressAsync() => _address.Task.WaitAsync(TimeSpan.FromMinutes(3));

        public void Kill() => _process.Kill(entireProcessTree: true);

        public void Dispose()
        {
            if (!_process.HasExited) _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
