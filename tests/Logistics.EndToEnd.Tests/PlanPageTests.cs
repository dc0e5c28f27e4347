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
        await PlanSteps.SolveAsync(page);
        var solved = await page.Locator(".toolbar-facts").InnerTextAsync();
        Assert.Matches("[1-9]", solved);

        // Reversing the first route is priced before it is made; whatever the price, nothing changes until it is accepted.
        await page.Locator(".pane-left .table-row").First.ClickAsync();
        await page.ClickAsync(".inspector button:has-text('Reverse')");
        await page.WaitForSelectorAsync("dialog .edit-price");
        await page.ClickAsync("dialog .dialog-foot button:has-text('Cancel')");
        Assert.Equal(solved, await page.Locator(".toolbar-facts").InnerTextAsync());

        await PlanSteps.PublishAsync(page);
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
        await SelectRouteWithTerminalAsync(page, await PlanSteps.SolveAsync(page));

        // Why this vehicle: asked at a stop, answered with what it costs.
        await page.Locator(".inspector .stops button:has(.stop-kind.terminal)").First.ClickAsync();
        await page.ClickAsync(".explain button");
        await page.WaitForSelectorAsync(".explain table");

        await page.ClickAsync(".toolbar button:has-text('Incident')");
        var version = await page.Locator(".toolbar select").First.InputValueAsync();
        await page.ClickAsync(".repair button.primary");
        await page.WaitForSelectorAsync(".repair .edit-price");
        Assert.Equal(version, await page.Locator(".toolbar select").First.InputValueAsync());
        await page.ClickAsync(".repair button:has-text('Accept')");

        // A new version that passed the checker and can only be repaired again.
        await page.WaitForSelectorAsync(".note:has-text('repairs a running plan')");
        await page.WaitForSelectorAsync(".toolbar .badge.ok:has-text('Checked')");
        Assert.NotEqual(version, await page.Locator(".toolbar select").First.InputValueAsync());
        Assert.Equal(0, await page.Locator("button:has-text('Improve this one')").CountAsync());
    }

    // A route with a terminal on it: which one that is depends on how far two seconds of search came.
    private static async Task SelectRouteWithTerminalAsync(IPage page, string plan)
    {
        var plate = await page.EvaluateAsync<string>("async id => (await (await fetch(`/api/plans/${id}`)).json()).routes.find(route => route.stops.some(stop => stop.kind === 'terminal')).plate", plan);
        await page.FillAsync(".pane-left .table-filter input", plate);
        await page.ClickAsync($".pane-left .table-row:has-text('{plate}')");
    }
}
