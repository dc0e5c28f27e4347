using System.Text.Json;
using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>What must have happened before a courier has a route to walk.</summary>
internal static class CourierSteps
{
    /// <summary>Sees to a published plan and links the courier's account to the first of its routes that begins with a delivery.</summary>
    /// <returns>The route.</returns>
    public static async Task<JsonElement> LinkAsync(RunningHost host, Browser browser)
    {
        var plan = await PlanSteps.FindOrSolveAsync(host, browser, isPublished: true);
        await using var admin = await browser.SignInAsync(host, "admin");
        var page = admin.Page;
        var route = await page.EvaluateAsync<JsonElement>("async id => (await (await fetch(`/api/plans/${id}`)).json()).routes.find(route => ['terminal', 'door'].includes(route.stops[1].kind))", plan);
        await page.GotoAsync($"{host.Address}/settings?tab=users");
        await page.ClickAsync(".table-row:has-text('courier') button");
        await page.Locator("dialog label:has-text('Courier') select").Last.SelectOptionAsync(route.GetProperty("courierId").GetString()!);
        await page.ClickAsync("dialog button.primary");
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        return route;
    }
}
