using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>The dispatcher's work without a pointer: everything is reached by Tab, shows that it is, and answers to keys.</summary>
[Collection(nameof(DemoCityCollection))]
public sealed class KeyboardTests(RunningHost host, Browser browser)
{
    // More than any page has stops of the Tab key before its lists.
    private const int MostTabs = 150;

    [Fact]
    public async Task Dispatcher_plans_and_sends_a_stop_elsewhere_with_the_keyboard_alone()
    {
        await using var person = await browser.SignInAsync(host, "dispatcher");
        var page = person.Page;
        await page.Keyboard.PressAsync("3");
        await TabToAsync(page, ".toolbar label.inline select");
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(page.Locator(".toolbar label.inline select")).ToHaveValueAsync("2");
        await TabToAsync(page, ".toolbar button.primary");
        await PlanSteps.SolveAsync(page, () => page.Keyboard.PressAsync("Enter"));

        // The list walks the routes, the inspector opens a stop.
        await TabToAsync(page, ".pane-left [role=grid]");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator(".pane-left .table-row.on")).ToHaveCountAsync(1);
        await TabToAsync(page, ".inspector .stops button:has(.stop-kind.terminal, .stop-kind.door)");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, ".inspector select[aria-label='Move to…']");
        await page.Keyboard.PressAsync("ArrowDown");
        await TabToAsync(page, ".inspector select[aria-label='Place in the route…']");
        await page.Keyboard.PressAsync("ArrowDown");
        await TabToAsync(page, ".inspector .actions button:has-text('Move')");
        await page.Keyboard.PressAsync("Enter");

        // The price is shown; Escape goes back and nothing has changed.
        await Assertions.Expect(page.Locator("dialog .edit-price")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".pane-left .table-row.on")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_typed_is_asked_about_before_it_is_lost()
    {
        await using var person = await browser.SignInAsync(host, "dispatcher");
        var page = person.Page;
        await page.GotoAsync($"{host.Address}/network?tab=vehicles");
        await TabToAsync(page, ".pane-left [role=grid]");
        await page.Keyboard.PressAsync("ArrowDown");
        await TabToAsync(page, ".inspector input");
        await page.Keyboard.TypeAsync("京X");
        await TabToAsync(page, ".inspector footer button");
        await page.Keyboard.PressAsync("Enter");
        // A key pressed before the question is there is not an answer to it.
        await Assertions.Expect(page.Locator("dialog")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".inspector input").First).ToHaveValueAsync("京X");

        await page.Locator(".inspector footer button").First.PressAsync("Enter");
        await Assertions.Expect(page.Locator("dialog button:has-text('Discard')")).ToBeVisibleAsync();
        await page.Locator("dialog button:has-text('Discard')").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".inspector")).ToHaveCountAsync(0);
    }

    // Waits for what is looked for, then goes there as a person does; where it arrives the focus can be seen.
    private static async Task TabToAsync(IPage page, string selector)
    {
        var target = page.Locator(selector).First;
        await Assertions.Expect(target).ToBeVisibleAsync();
        await Assertions.Expect(target).ToBeEnabledAsync();
        for (var tabs = 0; !await target.EvaluateAsync<bool>("element => element === document.activeElement"); tabs++)
        {
            Assert.True(tabs < MostTabs, $"Tab does not come to {selector}.");
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.NotEqual("none", await target.EvaluateAsync<string>("element => getComputedStyle(element).outlineStyle"));
    }
}
