using Microsoft.Playwright;

namespace Logistics.Benchmarks;

/// <summary>A headless Chromium of 1440 × 900 on a built host, signed in as administrator; the map is drawn in software.</summary>
internal sealed class BenchBrowser : IAsyncDisposable
{
    internal const string Chromium = "/usr/bin/chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BenchBrowser(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, Page) = (playwright, browser, page);

    public IPage Page { get; }

    /// <param name="script">Runs in every page before its own scripts.</param>
    public static async Task<BenchBrowser> SignInAsync(string address, string? script = null)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        if (script is not null) await page.AddInitScriptAsync(script);
        await page.GotoAsync(address);
        await page.FillAsync("input[autocomplete=username]", "admin");
        await page.FillAsync("input[type=password]", HostVerb.Password);
        await page.ClickAsync("form button.primary");
        await page.WaitForSelectorAsync(".board-head");
        return new BenchBrowser(playwright, browser, page);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
