using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>The background an administrator sets for the maps, against a small map server of our own.</summary>
[Collection(nameof(DemoCityCollection))]
public sealed class MapBackgroundTests(RunningHost host, Browser browser)
{
    private const string Set = """
        async tileStyleUrl => {
          const read = async path => (await fetch(path)).json();
          const headers = { 'Content-Type': 'application/json', 'X-CSRF-TOKEN': (await read('/api/session')).csrfToken };
          const answer = await fetch('/api/settings', { method: 'PUT', headers, body: JSON.stringify({ ...await read('/api/settings'), tileStyleUrl }) });
          if (!answer.ok) throw new Error(await answer.text());
        }
        """;

    [Fact]
    public async Task Map_draws_from_the_server_that_is_set_and_says_so_when_it_has_nothing()
    {
        await using var server = await TileServer.StartAsync();
        await using var person = await browser.SignInAsync(host, "admin");
        var page = person.Page;
        try
        {
            // The worker that fetches vector tiles is in the browser's store already, with the policy of a map without a server.
            await page.GotoAsync($"{host.Address}/network?tab=terminals");
            await Assertions.Expect(page.Locator(".map canvas")).ToBeVisibleAsync();
            await SaveAsync(page, server.Address + "/{z}/{x}/{y}.png");
            foreach (var path in new[] { "/{z}/{x}/{y}.png", "/vector.json" })
            {
                await SetAsync(page, server.Address + path);
                var asked = server.Asked;
                await page.GotoAsync($"{host.Address}/network?tab=terminals");
                await asked.WaitAsync(TimeSpan.FromMilliseconds(Browser.PatienceMs), TestContext.Current.CancellationToken);
                await Assertions.Expect(page.Locator(".map-note")).ToHaveCountAsync(0);
            }

            foreach (var (path, reason) in new[] { ("/nothing-here.json", "404"), ("/nothing-here/{z}/{x}/{y}.png", "404"), ("/broken/{z}/{x}/{y}.png", "500") })
            {
                await SetAsync(page, server.Address + path);
                await page.GotoAsync($"{host.Address}/network?tab=terminals");
                await Assertions.Expect(page.Locator(".map-note")).ToContainTextAsync(server.Address + path);
                await Assertions.Expect(page.Locator(".map-note")).ToContainTextAsync(reason);
                await Assertions.Expect(page.Locator(".map canvas")).ToBeVisibleAsync();
            }

            await page.ClickAsync(".map-note button");
            await Assertions.Expect(page.Locator(".map-note")).ToHaveCountAsync(0);
        }
        finally
        {
            await SetAsync(page, null);
        }
    }

    private static Task SetAsync(IPage page, string? address) => page.EvaluateAsync(Set, address);

    // Through the page, which is loaded anew by it: what it may fetch from outside is decided when it is loaded.
    private async Task SaveAsync(IPage page, string address)
    {
        await page.GotoAsync($"{host.Address}/settings?tab=general");
        await page.FillAsync("input[type=url]", address);
        await page.RunAndWaitForRequestAsync(() => page.ClickAsync("form button.primary"), request => request.IsNavigationRequest);
        await Assertions.Expect(page.Locator("input[type=url]")).ToHaveValueAsync(address);
    }
}
