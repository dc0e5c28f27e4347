using System.Text.Json;
using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>The forecast page on the demo city: its fan, a promotion entered and what it does, the backtest, and the file.</summary>
[Collection(nameof(DemoCityCollection))]
public sealed class ForecastPageTests(RunningHost host, Browser browser)
{
    [Fact]
    public async Task Promotion_entered_in_the_calendar_moves_the_forecast_and_its_marks()
    {
        await using var person = await browser.SignInAsync(host, "dispatcher");
        var page = person.Page;
        await page.GotoAsync($"{host.Address}/forecast");
        // The first forecast is made in the background of a fresh host; the page shows it when it is there.
        await page.WaitForSelectorAsync(".fan .band");
        var before = await AreaAsync(page);
        Assert.All(before, day => Assert.True(0 < day.P10 && day.P10 <= day.P50 && day.P50 <= day.P90, $"{day}"));
        // A city's total is not known to a fifth, but far better than a single locker's few parcels.
        Assert.All(before, day => Assert.InRange((day.P90 - day.P10) / day.P50, 0.02, 1.2));

        // The day whose reasons are shown moves by the keyboard as well.
        await page.FocusAsync(".fan svg");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForURLAsync(url => url.Contains("on=", StringComparison.Ordinal));

        await page.ClickAsync("[role=tab]:has-text('Calendar')");
        var from = await page.Locator(".form input[type=date]").First.InputValueAsync();
        // A sale that the day is not part of already.
        await page.Locator(".form input:not([type=date])").First.FillAsync(from[5..7] == "11" ? "618" : "双11");
        await page.Locator(".form input:not([type=date])").Last.FillAsync("E2E");
        await page.ClickAsync(".form button[type=submit]");
        await page.WaitForSelectorAsync($".forecast-card [aria-live] td:has-text('{from}')");
        await Assertions.Expect(page.Locator($"tr:has-text('{from}'):has-text('E2E')").First).ToBeVisibleAsync();
        var after = await AreaAsync(page);
        Assert.Contains(before.Zip(after), days => Math.Abs(days.Second.P50 - days.First.P50) > 0.02 * days.First.P50);

        await page.ClickAsync($"button[aria-label*='{from}']");
        await page.ClickAsync("dialog button.primary");
        await Assertions.Expect(page.Locator("tr:has-text('E2E')")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Accuracy_shows_the_simple_methods_coverage_of_every_level_and_a_file_to_take_away()
    {
        await using var person = await browser.SignInAsync(host, "dispatcher");
        var page = person.Page;
        await page.GotoAsync($"{host.Address}/forecast?tab=quality");
        await page.WaitForSelectorAsync(".coverage.series .dot");
        Assert.Equal(14, await page.Locator(".coverage.terminal .dot").CountAsync());
        // The area was held out on four days for each day ahead: too few for a line, and counted together in the table.
        Assert.Equal(0, await page.Locator(".coverage.area .dot").CountAsync());
        await Assertions.Expect(page.Locator("td:text-is('area')").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("tr:has-text('Croston')").First).ToBeVisibleAsync();
        Assert.DoesNotContain("NaN", await page.InnerTextAsync(".forecast"), StringComparison.Ordinal);

        var file = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a[download]"));
        using var reader = new StreamReader(await file.CreateReadStreamAsync());
        Assert.Contains("p90", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<List<Quantiles>> AreaAsync(IPage page)
    {
        var days = await page.EvaluateAsync<JsonElement>("async () => (await (await fetch('/api/forecasts/series?days=30')).json()).forecasts");
        return [.. days.EnumerateArray().Select(d => new Quantiles(d.GetProperty("p10").GetDouble(), d.GetProperty("p50").GetDouble(), d.GetProperty("p90").GetDouble()))];
    }

    private readonly record struct Quantiles(double P10, double P50, double P90);
}
