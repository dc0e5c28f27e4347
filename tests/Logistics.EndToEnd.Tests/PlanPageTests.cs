using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>The main job through the real page: solve, look, edit, publish.</summary>
[Collection(nameof(DemoCityCollection))]
public sealed class PlanPageTests(RunningHost host, Browser browser)
{
    [Fact]
    public async Task Dispatcher_solves_edits_and_publishes_the_demo_day()
    {
        await using var person = await browser.SignInAsync(host, "dispatcher");
        var page = person.Page;
        await page.GotoAsync($"{host.Address}/plan");
        await SolveAsync(page);
        var solved = await page.Locator(".toolbar-facts").InnerTextAsync();
        Assert.Matches("[1-9]", solved);

        // Reversing the first route is priced before it is made; whatever the price, nothing changes until it is accepted.
        await page.Locator(".pane-left .table-row").First.ClickAsync();
        await page.ClickAsync(".inspector button:has-text('Reverse')");
        await page.WaitForSelectorAsync("dialog .edit-price");
        await page.ClickAsync("dialog .dialog-foot button:has-text('Cancel')");
        Assert.Equal(solved, await page.Locator(".toolbar-facts").InnerTextAsync());

        await page.ClickAsync(".toolbar button:has-text('Publish')");
        await page.FillAsync("dialog input", "end-to-end test");
        await page.ClickAsync("dialog button.primary");
        await page.WaitForSelectorAsync(".toolbar .badge.ok:has-text('Published')");
    }

    [Fact]
    public async Task A_link_shows_a_colleague_the_same_page_and_day()
    {
        await using var person = await browser.SignInAsync(host, "auditor");
        await person.Page.GotoAsync($"{host.Address}/network?tab=accessRules&day=2026-01-05");

        await Assertions.Expect(person.Page.Locator("[role=tab][aria-selected=true]")).ToContainTextAsync("Access rules");
        await Assertions.Expect(person.Page.Locator(".bar-day input")).ToHaveValueAsync("2026-01-05");
    }

    [Fact]
    public async Task Dispatcher_reports_a_breakdown_sees_the_repair_and_accepts_it()
    {
        await using var person = await browser.SignInAsync(host, "dispatcher");
        var page = person.Page;
        await page.GotoAsync($"{host.Address}/plan");
        await SolveAsync(page);

        // Why this vehicle: asked at a stop, answered with what it costs.
        await page.Locator(".pane-left .table-row").First.ClickAsync();
        await page.Locator(".inspector .stops button:has(.stop-kind.terminal)").First.ClickAsync();
        await page.ClickAsync(".explain button");
        await page.WaitForSelectorAsync(".explain table", new PageWaitForSelectorOptions { Timeout = 120_000 });

        await page.ClickAsync(".toolbar button:has-text('Incident')");
        var version = await page.Locator(".toolbar select").First.InputValueAsync();
        await page.ClickAsync(".repair button.primary");
        await page.WaitForSelectorAsync(".repair .edit-price", new PageWaitForSelectorOptions { Timeout = 120_000 });
        Assert.Equal(version, await page.Locator(".toolbar select").First.InputValueAsync());
        await page.ClickAsync(".repair button:has-text('Accept')");

        // A new version that passed the checker and can only be repaired again.
        await page.WaitForSelectorAsync(".note:has-text('repairs a running plan')", new PageWaitForSelectorOptions { Timeout = 60_000 });
        await page.WaitForSelectorAsync(".toolbar .badge.ok:has-text('Checked')");
        Assert.NotEqual(version, await page.Locator(".toolbar select").First.InputValueAsync());
        Assert.Equal(0, await page.Locator("button:has-text('Improve this one')").CountAsync());
    }

    // Solves for two seconds and waits for the version that comes of it: the tests of this class share a host, so another may be open before.
    private static async Task SolveAsync(IPage page)
    {
        await page.Locator("label.inline select").SelectOptionAsync("2");
        var before = await page.EvaluateAsync<string>("async () => (await (await fetch('/api/plans')).json())[0]?.id ?? ''");
        await page.ClickAsync("button:has-text('Solve')");

        // The checker's badge only appears on a stored version that passed it.
        await page.WaitForFunctionAsync("before => { const open = document.querySelector('.toolbar select')?.value; return open && open !== before; }", before, new PageWaitForFunctionOptions { Timeout = 120_000 });
        await page.WaitForSelectorAsync(".toolbar .badge.ok:has-text('Checked')");
        await page.WaitForSelectorAsync(".pane-left .table-row");
    }
}
