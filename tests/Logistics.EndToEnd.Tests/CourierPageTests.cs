using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>A courier's day on a phone: the account is linked, the plan published, the route walked stop by stop.</summary>
[Collection(nameof(DemoCityCollection))]
public sealed class CourierPageTests(RunningHost host, Browser browser)
{
    [Fact]
    public async Task Courier_linked_by_the_administrator_walks_their_route_on_a_phone()
    {
        var route = await CourierSteps.LinkAsync(host, browser);
        var places = route.GetProperty("stops").EnumerateArray().Select(s => s.GetProperty("placeName").GetString()!).ToList();

        await using var courier = await browser.SignInAsync(host, "courier");
        var page = courier.Page;
        await page.SetViewportSizeAsync(390, 844);
        await Assertions.Expect(page.Locator(".my-plate")).ToContainTextAsync(route.GetProperty("plate").GetString()!);
        await Assertions.Expect(page.Locator(".my-stop")).ToHaveCountAsync(places.Count);
        Assert.EndsWith("/my-route", page.Url, StringComparison.Ordinal);

        // Loading is the first thing to do; then the button leads from stop to stop, and a reload forgets nothing.
        await page.ClickAsync(".my-foot button");
        await Assertions.Expect(page.Locator(".my-stop.next .my-no")).ToHaveTextAsync("1");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".my-stop.done")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".my-stop.next .my-no")).ToHaveTextAsync("1");
        // The list scrolls in its place; the page around it has nothing below the button.
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight - innerHeight"));

        // A stop opens by the keyboard, and a tick can be taken back.
        await page.Locator(".my-stop-head").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ClickAsync(".my-stop-body button:has-text('Not done')");
        await Assertions.Expect(page.Locator(".my-stop.done")).ToHaveCountAsync(0);
        await PageChecks.WholeAndNamedAsync(page, "my-route at 390 px");

        await page.ClickAsync("[role=tab]:has-text('Map')");
        await Assertions.Expect(page.Locator(".my-map canvas")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".my-list")).ToBeHiddenAsync();
    }
}
