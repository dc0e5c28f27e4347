using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>What several tests do on the Plan page before they come to their own.</summary>
internal static class PlanSteps
{
    /// <summary>Solves for two seconds and waits for the version that comes of it: the host's answer names the solve, and the solve its plan.</summary>
    public static async Task<string> SolveAsync(IPage page)
    {
        await page.Locator("label.inline select").SelectOptionAsync("2");
        return await SolveAsync(page, () => page.ClickAsync("button:has-text('Solve')"));
    }

    /// <summary>Waits for the version that comes of a solve.</summary>
    /// <param name="start">Presses the button, however that is done.</param>
    public static async Task<string> SolveAsync(IPage page, Func<Task> start)
    {
        var started = await page.RunAndWaitForResponseAsync(start, answer => answer.Url.EndsWith("/api/plans/solve", StringComparison.Ordinal));
        var job = (await started.JsonAsync())!.Value.GetProperty("id").GetString();
        var plan = await page.EvaluateAsync<string>("async id => { for (;;) { const job = await (await fetch(`/api/plans/solve/${id}`)).json(); if (['done', 'cancelled', 'failed'].includes(job.state)) return job.planId ?? job.error?.title ?? job.state; } }", job);

        // The checker's badge only appears on a stored version that passed it.
        await Assertions.Expect(page.Locator(".toolbar select").First).ToHaveValueAsync(plan);
        await page.WaitForSelectorAsync(".toolbar .badge.ok:has-text('Checked')");
        await page.WaitForSelectorAsync(".pane-left .table-row");
        return plan;
    }

    /// <summary>The newest version of any day, made now when there is none: for tests that only look at a plan.</summary>
    /// <param name="isPublished">Whether it must be a published one.</param>
    public static async Task<string> FindOrSolveAsync(RunningHost host, Browser browser, bool isPublished = false)
    {
        await using var dispatcher = await browser.SignInAsync(host, "dispatcher");
        var page = dispatcher.Page;
        var found = await page.EvaluateAsync<string?>("async isPublished => (await (await fetch('/api/plans')).json()).find(plan => !isPublished || plan.state === 'published')?.id ?? null", isPublished);
        if (found is not null) return found;
        await page.GotoAsync($"{host.Address}/plan");
        var plan = await SolveAsync(page);
        if (isPublished) await PublishAsync(page);
        return plan;
    }

    /// <summary>Publishes the version that is open.</summary>
    public static async Task PublishAsync(IPage page)
    {
        await page.ClickAsync(".toolbar button:has-text('Publish')");
        await page.FillAsync("dialog input", "end-to-end test");
        await page.ClickAsync("dialog button.primary");
        await page.WaitForSelectorAsync(".toolbar .badge.ok:has-text('Published')");
    }
}
