using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>Debian's Chromium driven by Playwright; null with the remedy when it is not installed.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>How long anything a page shows is waited for. It ends a hang; no test is about speed, and two cores may carry the whole test run and a map drawn without a GPU.</summary>
    public const int PatienceMs = 600_000;

    private const string Executable = "/usr/bin/chromium";
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Executable)) return;
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            // Root in a container has no sandbox; software WebGL draws the map without a GPU.
            Args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }

    /// <summary>A fresh page, signed in; every script error on it fails the test through <see cref="SignedInPage"/>.</summary>
    public async Task<SignedInPage> SignInAsync(RunningHost host, string account, string language = "en")
    {
        Assert.SkipUnless(_browser is not null, "Install Chromium (Debian package chromium) to run the page tests.");
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        context.SetDefaultTimeout(PatienceMs);
        await context.AddInitScriptAsync($"if (!localStorage.getItem('language')) localStorage.setItem('language', '{language}')");
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(host.Address);
        await page.FillAsync("input[autocomplete=username]", account);
        await page.FillAsync("input[type=password]", host.PasswordOf(account));
        await page.ClickAsync("form button.primary");
        await page.WaitForSelectorAsync(".frame");
        return new SignedInPage(context, page, errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>One person's page. Disposing it asserts that no script failed on the way.</summary>
public sealed class SignedInPage(IBrowserContext context, IPage page, List<string> errors) : IAsyncDisposable
{
    public IPage Page => page;

    public ILocator Text(string text) => page.GetByText(text, new PageGetByTextOptions { Exact = false }).First;

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.Empty(errors);
    }
}
