using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace Logistics.Benchmarks;

/// <summary>
/// <c>page</c>: opens the Plan page of a built host on a big day in Chromium and measures what a dispatcher feels: how long after its data the page is usable – list, timeline and map drawn, and a click on a
/// route answered within 100 ms – and at rest, and the long tasks (over 50 ms) of its main
/// thread while the map is panned and zoomed and the parcels are listed, scrolled and filtered. CPU is the main thread's own and comparable on a busy machine; long tasks are wall time.
/// </summary>
internal static class PageVerb
{
    private const int Openings = 7;

    private const string WatchLongTasks = "window.longTasks = []; new PerformanceObserver(list => { for (const task of list.getEntries()) window.longTasks.push([task.startTime, task.duration]); }).observe({ type: 'longtask', buffered: true });";

    // Clicks one route of the list after the other, as soon as list, timeline and map are there, until one is selected and its stops are shown within 100 ms, or twelve were not.
    private const string ProbeClicks = """
        window.dataEnds = () => performance.getEntriesByType('resource').filter(e => /\/api\/plans\/[^/]+(\/parcels)?$/.test(new URL(e.name).pathname)).map(e => e.responseEnd);
        window.usable = new Promise(done => {
          const pick = n => document.querySelectorAll('.pane-left .table-row')[n];
          const probe = n => {
            if (window.dataEnds().length < 2 || !pick(n) || !document.querySelector('.timeline canvas') || !document.querySelector('.map canvas')) { setTimeout(() => probe(n), 10); return; }
            const clicked = performance.now();
            pick(n).click();
            const look = () => {
              const isAnswered = pick(n)?.getAttribute('aria-selected') === 'true' && document.querySelector('.inspector .stops');
              if (!isAnswered) { requestAnimationFrame(look); return; }
              const took = performance.now() - clicked;
              if (took > 100 && n < 11) probe(n + 1); else done([clicked, took, n]);
            };
            requestAnimationFrame(look);
          };
          if (location.pathname === '/plan') probe(0);
        });
        """;

    private const string UsableAfterData = """
        async () => {
          const [clicked, took, slow] = await window.usable;
          const data = Math.max(...window.dataEnds());
          return [clicked - data, took, slow];
        }
        """;

    // Milliseconds from the last byte of the plan and its parcels to the end of the last long task, when none has begun for a second.
    private const string AtRest = """
        () => new Promise(done => {
          const look = () => {
            const last = window.longTasks.at(-1), end = last ? last[0] + last[1] : 0;
            if (performance.now() - end < 1000) { setTimeout(look, 100); return; }
            const data = Math.max(...window.dataEnds());
            done(Math.max(0, end - data));
          };
          look();
        })
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0 || !File.Exists(args[0]) || !File.Exists(BenchBrowser.Chromium))
        {
            await Console.Error.WriteLineAsync($"usage: page PATH-TO/Logistics.Web.dll [PARCELS]; build web/Logistics.Web in Release first, and install {BenchBrowser.Chromium}.");
            return 2;
        }

        string parcels = args.Length > 1 ? args[1] : "10000";
        var folder = Directory.CreateTempSubdirectory("logistics-bench-");
        var host = await HostVerb.StartAsync(args[0], folder.FullName, $"first start, demo city of {parcels}", "--demo-parcels", parcels);
        try
        {
            await HostVerb.SolveAsync(host.Http, await HostVerb.SignInAsync(host.Http), 5);
            await WaitForRestAsync(host.Process);
            await MeasureAsync(host.Http.BaseAddress!.ToString());
        }
        finally
        {
            await HostVerb.StopAsync(host);
            host.Dispose();
            folder.Delete(recursive: true);
        }

        return 0;
    }

    /// <summary>Waits until a new city's history, first forecast and separate plans are done, which happens once: no processor time worth mentioning for longer than the host waits before it begins with them.</summary>
    private static async Task WaitForRestAsync(Process host)
    {
        var watch = Stopwatch.StartNew();
        for (int quiet = 0; quiet < 25;)
        {
            var before = host.TotalProcessorTime;
            await Task.Delay(1000);
            host.Refresh();
            quiet = host.TotalProcessorTime - before < TimeSpan.FromMilliseconds(100) ? quiet + 1 : 0;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds,8:0} s  until the host was at rest after its first plan"));
    }

    private static async Task MeasureAsync(string address)
    {
        await using var browser = await BenchBrowser.SignInAsync(address, WatchLongTasks + ProbeClicks);
        var page = browser.Page;
        var meter = await page.Context.NewCDPSessionAsync(page);
        await meter.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });

        var all = new List<double>();
        for (int i = 0; i < Openings; i++)
        {
            await page.GotoAsync(address + "plan");
            await page.WaitForSelectorAsync(".pane-left .table-row");
            var usable = await page.EvaluateAsync<double[]>(UsableAfterData);
            var rest = await page.EvaluateAsync<double>(AtRest);
            double cpu = await CpuAsync(meter);
            all.Add(usable[0]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{usable[0] / 1000,8:0.000} s  Plan page usable after its data: a click on a route is answered in {usable[1]:0} ms ({usable[2]} clicks before it took over 100 ms); at rest after {rest / 1000:0.000} s, {cpu:0.00} CPU s of its main thread since the first opening"));
        }

        all.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all[Openings / 2] / 1000,8:0.000} s  Plan page usable, median"));

        var box = (await page.Locator(".map canvas").First.BoundingBoxAsync())!;
        float x = box.X + (box.Width / 2), y = box.Y + (box.Height / 2);
        await PhaseAsync(page, meter, "pan the map, four strokes", () => PanAsync(page, x, y));
        await PhaseAsync(page, meter, "zoom in and out", async () =>
        {
            for (int i = 0; i < 6; i++)
            {
                await page.Mouse.WheelAsync(0, i < 3 ? -240 : 240);
                await page.WaitForTimeoutAsync(200);
            }
        });
        await PhaseAsync(page, meter, "list the parcels", async () =>
        {
            await page.Locator(".pane-left [data-tab=parcels]").ClickAsync();
            await page.Locator(".pane-left .table-row").First.WaitForAsync();
        });
        await PhaseAsync(page, meter, "scroll them to the end", () => page.EvaluateAsync("async () => { const body = document.querySelector('.pane-left .table-body'); for (let i = 1; i <= 60; i++) { body.scrollTop = body.scrollHeight * i / 60; await new Promise(next => requestAnimationFrame(next)); } }"));
        await PhaseAsync(page, meter, "filter them", () => page.Locator(".pane-left .table-filter input").FillAsync("77"));
        await PhaseAsync(page, meter, "select a route", async () =>
        {
            await page.Locator(".pane-left [data-tab=routes]").ClickAsync();
            await page.Locator(".pane-left .table-row").First.ClickAsync();
            await page.Locator(".inspector .stops").WaitForAsync();
        });
    }

    private static async Task PanAsync(IPage page, float x, float y)
    {
        for (int stroke = 0; stroke < 4; stroke++)
        {
            await page.Mouse.MoveAsync(x, y);
            await page.Mouse.DownAsync();
            for (int i = 1; i <= 30; i++)
            {
                await page.Mouse.MoveAsync(x + ((stroke % 2 == 0 ? 6 : -6) * i), y + (2 * i));
                await page.WaitForTimeoutAsync(16);
            }

            await page.Mouse.UpAsync();
            await page.WaitForTimeoutAsync(200);
        }
    }

    private static async Task PhaseAsync(IPage page, ICDPSession meter, string name, Func<Task> act)
    {
        await page.EvaluateAsync("() => { window.longTasks.length = 0; }");
        var before = await CpuAsync(meter);
        await act();
        await page.WaitForTimeoutAsync(300);
        var tasks = await page.EvaluateAsync<double[]>("() => window.longTasks.map(task => task[1])");
        var cpu = await CpuAsync(meter) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cpu,8:0.000} CPU s  {name}: {tasks.Length} long tasks, the longest {tasks.DefaultIfEmpty(0).Max():0} ms"));
    }

    private static async Task<double> CpuAsync(ICDPSession meter) =>
        (await meter.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray().Single(m => m.GetProperty("name").GetString() == "TaskDuration").GetProperty("value").GetDouble();
}
