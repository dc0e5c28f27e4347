using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>What several tests do on the Plan page before they come to their own.</summary>
internal static class PlanSteps
{
    /// <summary>Solves for two seconds and waits for the version that comes of it: the host's answer names the solve, and the solve its plan.</summary>
    public static async Task<string> SolveAsync(IPage page)
    {
        await page.Locator("label.inline select").SelectOptionAsync("2");
        var started = await page.RunAndWaitForResponseAsync(() => page.ClickAsync("button:has-text('Solve')"), answer => answer.Url.EndsWith("/api/plans/solve", StringComparison.Ordinal));
        var job = (await started.JsonAsync())!.Value.GetProperty("id").GetString();
        var plan = await page.EvaluateAsync<string>("async id => { for (;;) { const job = await (await fetch(`/api/plans/solve/${id}`)).json(); if (['done', 'cancelled', 'failed'].includes(job.state)) return job.planId ?? job.error?.title ?? job.state; } }", job);

        // The checker's badge only appears on a stored version that passed it.
        await Assertions.Expect(page.Locator(".toolbar select").First).ToHaveValueAsync(plan);
        await page.WaitForSelectorAsync(".toolbar .badge.ok:has-text('Checked')");
        await page.WaitForSelectorAsync(".pane-left .table-row");
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
