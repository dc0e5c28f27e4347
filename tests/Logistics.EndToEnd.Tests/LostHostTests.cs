using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>What people see of a host that is gone, and of one that comes back.</summary>
[Collection(nameof(DemoCityCollection))]
public sealed class LostHostTests(RunningHost host, Browser browser)
{
    // The page itself and all that it loaded are kept by the worker.
    private const string IsKept = """
        async () => {
          await navigator.serviceWorker.ready;
          const needed = ['/', ...performance.getEntriesByType('resource').map(e => new URL(e.name).pathname).filter(path => path.startsWith('/assets/'))];
          for (;;) {
            const cache = await caches.open('shell');
            if ((await Promise.all(needed.map(path => cache.match(path)))).every(found => found)) return;
            await new Promise(next => setTimeout(next, 50));
          }
        }
        """;

    [Fact]
    public async Task Courier_goes_on_without_a_host_and_what_a_dispatcher_typed_is_saved_when_it_is_back()
    {
        var route = await CourierSteps.LinkAsync(host, browser);
        await using var courier = await browser.SignInAsync(host, "courier");
        await courier.Page.SetViewportSizeAsync(390, 844);
        await courier.Page.ClickAsync(".my-foot button");
        await Assertions.Expect(courier.Page.Locator(".my-stop.done")).ToHaveCountAsync(1);
        await courier.Page.EvaluateAsync(IsKept);
        await using var dispatcher = await browser.SignInAsync(host, "dispatcher");
        await dispatcher.Page.GotoAsync($"{host.Address}/network?tab=terminals");
        await dispatcher.Page.Locator(".pane-left .table-row").First.ClickAsync();
        await NameField(dispatcher.Page).FillAsync("Renamed in the dark");

        await host.KillAsync();
        try
        {
            await CourierGoesOnAsync(courier.Page, route.GetProperty("stops").GetArrayLength());
            await DispatcherIsToldAsync(dispatcher.Page);
        }
        finally
        {
            await host.StartAgainAsync();
        }

        // The session is still good for the host; a sign-out it could not be told of is told before the device opens it again.
        await courier.Page.ReloadAsync();
        await Assertions.Expect(courier.Page.Locator("input[type=password]")).ToBeVisibleAsync();
        Assert.Equal(401, await courier.Page.EvaluateAsync<int>("async () => (await fetch('/api/session')).status"));

        await Assertions.Expect(dispatcher.Page.Locator(".bar .badge.warn")).ToHaveCountAsync(0);
        await Assertions.Expect(NameField(dispatcher.Page)).ToHaveValueAsync("Renamed in the dark");
        await dispatcher.Page.ClickAsync(".pane-right form button.primary");
        await Assertions.Expect(dispatcher.Page.Locator(".pane-left .table-row:has-text('Renamed in the dark')")).ToBeVisibleAsync();
    }

    private static ILocator NameField(IPage page) => page.Locator(".pane-right form input").First;

    private static async Task CourierGoesOnAsync(IPage page, int stops)
    {
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".my-offline")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".my-stop")).ToHaveCountAsync(stops);
        await Assertions.Expect(page.Locator(".my-stop.done")).ToHaveCountAsync(1);
        await page.ClickAsync(".my-foot button");
        await Assertions.Expect(page.Locator(".my-stop.done")).ToHaveCountAsync(2);
        await PageChecks.WholeAndNamedAsync(page, "my-route without a host");

        // Nobody sees the route on this device after its courier has signed out.
        await page.ClickAsync(".sign-out");
        await Assertions.Expect(page.Locator("input[type=password]")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".state[role=alert]")).ToBeVisibleAsync();
        Assert.Null(await page.EvaluateAsync<string?>("() => localStorage.getItem('courier.day')"));
    }

    private static async Task DispatcherIsToldAsync(IPage page)
    {
        await Assertions.Expect(page.Locator(".bar .badge.warn")).ToBeVisibleAsync();
        await page.ClickAsync(".pane-right form button.primary");
        await Assertions.Expect(page.Locator(".pane-right .form-error")).ToBeVisibleAsync();
        await Assertions.Expect(NameField(page)).ToHaveValueAsync("Renamed in the dark");
    }
}
