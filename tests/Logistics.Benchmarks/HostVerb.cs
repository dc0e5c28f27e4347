using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Logistics.Planning.Demo;
using Logistics.Planning.Demo.Files;

namespace Logistics.Benchmarks;

/// <summary>
/// <c>host</c>: starts a built host on a folder of its own and measures what issue 2 promises of it: start to first page, a first plan, the price of an edit, importing order files, sending
/// orders in bulk. Wall seconds; says nothing about right or wrong.
/// </summary>
internal static partial class HostVerb
{
    internal const string Password = "benchmark-only-1";

    /// <summary>A budget that leaves of the 2 s promised for a first plan what checking and storing take.</summary>
    private const double QuickSeconds = 1.2;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0 || !File.Exists(args[0]))
        {
            await Console.Error.WriteLineAsync("usage: host PATH-TO/Logistics.Web.dll [ROWS]; build web/Logistics.Web in Release first.");
            return 2;
        }

        int rows = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000;
        var folder = Directory.CreateTempSubdirectory("logistics-bench-");
        try
        {
            using (var first = await StartAsync(args[0], folder.FullName, "first start, demo city of 3,000")) await StopAsync(first);
            using var host = await StartAsync(args[0], folder.FullName, "start");
            try
            {
                await MeasureAsync(host, rows);
            }
            finally
            {
                await StopAsync(host);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    internal sealed record Host(Process Process, HttpClient Http) : IDisposable
    {
        public void Dispose()
        {
            Http.Dispose();
            Process.Dispose();
        }
    }

    internal static async Task<Host> StartAsync(string dll, string folder, string name, params string[] more)
    {
        var watch = Stopwatch.StartNew();
        var process = Process.Start(new ProcessStartInfo("dotnet", [dll, "--data", folder, "--urls", "http://127.0.0.1:0", "--mqtt-port", "0", "--password", Password, .. more]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string? address = null;
        while (address is null && await process.StandardOutput.ReadLineAsync() is { } line) address = ReadyLine().Match(line) is { Success: true } ready ? ready.Groups["url"].Value : null;
        _ = process.StandardOutput.ReadToEndAsync();
        var http = new HttpClient { BaseAddress = new Uri(address ?? throw new InvalidOperationException("The host ended before it was ready.")), Timeout = TimeSpan.FromMinutes(5) };
        (await http.GetAsync("/")).EnsureSuccessStatusCode();
        Print(name + ": page", watch);
        // At a first start the page is there before the city.
        while (!(await http.GetAsync("/health")).IsSuccessStatusCode) await Task.Delay(20);
        Print(name + ": data", watch);
        return new Host(process, http);
    }

    internal static async Task StopAsync(Host host)
    {
        host.Process.Kill(entireProcessTree: true);
        await host.Process.WaitForExitAsync();
    }

    private static async Task MeasureAsync(Host host, int rows)
    {
        var http = host.Http;
        var today = await SignInAsync(http);

        await PlanAsync(http, today);
        var file = OrderFile(DateOnly.ParseExact(today, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1), rows);
        var watch = Stopwatch.StartNew();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } }, "file", "orders.csv" } };
        var preview = await ReadAsync(await http.PostAsync("/api/imports", form));
        Print($"preview of {preview["rowCount"]} CSV rows ({file.Length >> 10} KB)", watch);
        watch.Restart();
        var report = await PostAsync(http, $"/api/imports/{preview["id"]}/commit", null);
        Print($"import of them: {report["created"]} created, {report["quarantined"]} quarantined", watch);

        var orders = BulkOrders(today, rows);
        watch.Restart();
        var result = await PostAsync(http, "/api/orders/bulk", orders);
        Print($"bulk of {rows}: {result["created"]} created, {result["quarantined"]} quarantined", watch);
        watch.Restart();
        result = await PostAsync(http, "/api/orders/bulk", orders);
        Print($"the same bulk again: {result["unchanged"]} unchanged", watch);
    }

    /// <summary>The first partner's orders for the days ahead in a city of the demo's size, which has its hubs and terminals, until there are enough.</summary>
    private static byte[] OrderFile(DateOnly day, int rows)
    {
        var lines = new List<string>();
        for (; lines.Count <= rows; day = day.AddDays(1))
        {
            var city = DemoCity.Generate(new DemoOptions { Day = day, HistoryDays = 0 });
            lines.AddRange(Encoding.UTF8.GetString(DemoFiles.Build(city).First().Content).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(lines.Count == 0 ? 0 : 1));
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines.Take(rows + 1)) + '\n');
    }

    private static async Task PlanAsync(HttpClient http, string day)
    {
        string plan = await SolveAsync(http, day, QuickSeconds), edits = "[{\"kind\":\"reverse\",\"routeNo\":1}]";
        for (int i = 0; i < 4; i++)
        {
            var watch = Stopwatch.StartNew();
            await PostAsync(http, $"/api/plans/{plan}/price", JsonNode.Parse(edits));
            Print(i == 0 ? "first price of an edit (builds the model)" : "price of an edit", watch);
        }
    }

    /// <summary>Plans the day and waits until the plan is stored; its id.</summary>
    internal static async Task<string> SolveAsync(HttpClient http, string day, double seconds)
    {
        var watch = Stopwatch.StartNew();
        var job = await PostAsync(http, "/api/plans/solve", new JsonObject { ["day"] = day, ["seconds"] = seconds });
        while (job["state"]!.GetValue<string>() is not ("done" or "failed" or "cancelled"))
        {
            await Task.Delay(20);
            job = await ReadAsync(await http.GetAsync($"/api/plans/solve/{job["id"]}"));
        }

        Print(string.Create(CultureInfo.InvariantCulture, $"demo day to a checked, stored plan with a budget of {seconds} s: {job["state"]}, {job["best"]?["unassigned"]} left out"), watch);
        return job["planId"]!.GetValue<string>();
    }

    /// <summary>Signs in as administrator; today in the service area.</summary>
    internal static async Task<string> SignInAsync(HttpClient http)
    {
        var session = await PostAsync(http, "/api/session", new JsonObject { ["name"] = "admin", ["password"] = Password });
        http.DefaultRequestHeaders.Add("X-CSRF-TOKEN", session["csrfToken"]!.GetValue<string>());
        return session["today"]!.GetValue<string>();
    }

    private static JsonArray BulkOrders(string day, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => (JsonNode)new JsonObject
        {
            ["partner"] = "JX",
            ["waybill"] = $"BULK{i:00000000}",
            ["sizeClass"] = "S",
            ["weightGrams"] = 500 + (i % 900),
            ["volumeMl"] = 1200,
            ["recipientName"] = "测试",
            ["recipientPhone"] = $"1000{i:0000000}",
            ["recipientAddress"] = $"北京市朝阳区测试路{i}号",
            ["consentsToTerminal"] = true,
            ["lon"] = 116.40 + (i % 100 * 0.0005),
            ["lat"] = 39.90 + (i / 100 % 100 * 0.0005),
            ["promiseFrom"] = $"{day}T12:00:00+08:00",
            ["promiseUntil"] = $"{day}T23:30:00+08:00",
            ["options"] = new JsonArray(new JsonObject { ["kind"] = "door" }),
        }),
    ];

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, JsonNode? body) => await ReadAsync(await http.PostAsJsonAsync(path, body));

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{response.RequestMessage!.RequestUri} answered {(int)response.StatusCode}: {text}");
    }

    private static void Print(string name, Stopwatch watch) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds,8:0.000} s  {name}"));

    [GeneratedRegex(@"(?:ready|Listening): (?<url>http://\S+)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ReadyLine();
}
