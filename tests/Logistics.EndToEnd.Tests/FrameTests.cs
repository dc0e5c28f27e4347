using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>What every page shares: language, theme, keyboard.</summary>
[Collection(nameof(DemoCityCollection))]
public sealed class FrameTests(RunningHost host, Browser browser)
{
    [Fact]
    public async Task Language_and_theme_switch_and_are_remembered()
    {
        await using var person = await browser.SignInAsync(host, "dispatcher", language: "zh");
        var page = person.Page;
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Assertions.Expect(page.Locator(".rail")).ToContainTextAsync("看板");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "切换语言" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rail")).ToContainTextAsync("Board");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "System theme" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Light theme" }).ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Assertions.Expect(page.Locator(".rail")).ToContainTextAsync("Board");
    }

    [Fact]
    public async Task Keyboard_reaches_search_help_and_pages()
    {
        await using var person = await browser.SignInAsync(host, "dispatcher");
        var page = person.Page;
        await page.Keyboard.PressAsync("?");
        await page.WaitForSelectorAsync("dialog[open]");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("5");
        await Assertions.Expect(page.Locator(".rail-item.on")).ToContainTextAsync("Network");

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("T0001");
        await page.WaitForSelectorAsync("#search-hits li:has-text('T0001'), #search-hits li b");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".inspector h2")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Every_page_opens_without_a_script_error_at_desk_and_tablet_size()
    {
        await using var person = await browser.SignInAsync(host, "admin");
        var page = person.Page;
        foreach (var (width, height) in new[] { (1440, 900), (1024, 768), (390, 844) })
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var name in new[] { "board", "intake", "intake?tab=orders", "intake?tab=quarantine", "plan", "compare", "network", "network?tab=accessRules", "devices", "devices?tab=alarms", "devices?tab=quarantine", "devices?tab=gateway", "settings?tab=schedule", "settings?tab=users", "settings?tab=tokens", "settings?tab=audit", "settings?tab=general" })
            {
                await page.GotoAsync($"{host.Address}/{name}");
                await Assertions.Expect(page.Locator(".main > *").First).ToBeVisibleAsync();
                await Assertions.Expect(page.Locator(".spinner")).ToHaveCountAsync(0);
                Assert.Equal(0, await page.Locator(".state[role=alert]").CountAsync());
            }
        }
    }
}
