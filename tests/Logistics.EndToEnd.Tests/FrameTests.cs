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
        await page.Keyboard.PressAsync("5");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "放大" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("1");

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
        // As a wedge scanner types: Enter comes before the answer does.
        await page.Keyboard.TypeAsync("T0001");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".inspector h2")).ToBeVisibleAsync();
        Assert.Contains("tab=terminals", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_without_rights_is_told_so_instead_of_an_error()
    {
        await using var partner = await browser.SignInAsync(host, "partner-jx");
        await partner.Page.GotoAsync($"{host.Address}/plan");
        await Assertions.Expect(partner.Page.Locator(".main")).ToContainTextAsync("may not see this page");
        Assert.Equal(0, await partner.Page.Locator(".state[role=alert]").CountAsync());
    }

    [Fact]
    public async Task Eight_tabs_of_one_browser_all_load_and_are_live()
    {
        // A browser keeps six HTTP/1.1 connections to a host; a live feed for each tab would leave none for the seventh.
        await using var person = await browser.SignInAsync(host, "dispatcher");
        for (var i = 0; i < 7; i++)
        {
            var tab = await person.Page.Context.NewPageAsync();
            await tab.GotoAsync($"{host.Address}/board");
            await Assertions.Expect(tab.Locator(".board-head .kpi").First).ToBeVisibleAsync();
            await Assertions.Expect(tab.Locator(".bar .badge.warn")).ToHaveCountAsync(0);
        }
    }

    [Theory]
    [InlineData("zh", "light", 1440, 900)]
    [InlineData("en", "dark", 1024, 768)]
    [InlineData("en", "light", 390, 844)]
    public async Task Every_page_opens_whole_named_and_accessible_at_desk_tablet_and_phone_size(string language, string theme, int width, int height)
    {
        await PlanSteps.FindOrSolveAsync(host, browser);
        await using var person = await browser.SignInAsync(host, "admin", language);
        var page = person.Page;
        await page.EvaluateAsync("theme => localStorage.setItem('theme', theme)", theme);
        await page.SetViewportSizeAsync(width, height);
        var found = new List<string>();
        foreach (var name in new[] { "board", "intake", "intake?tab=orders", "intake?tab=quarantine", "plan", "compare", "network", "network?tab=accessRules", "devices", "devices?tab=alarms", "devices?tab=quarantine", "devices?tab=gateway", "forecast", "forecast?tab=quality", "forecast?tab=calendar", "forecast?tab=lockers", "roster", "settings?tab=area", "settings?tab=schedule", "settings?tab=users", "settings?tab=tokens", "settings?tab=audit", "settings?tab=general" })
        {
            await page.GotoAsync($"{host.Address}/{name}");
            await Assertions.Expect(page.Locator(".main > *").First).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator(".spinner")).ToHaveCountAsync(0);
            Assert.Equal(0, await page.Locator(".state[role=alert]").CountAsync());
            await PageChecks.WholeAndNamedAsync(page, $"{name} at {width} px");
            // What a phone shows is the same page, narrower.
            if (width > 1000) found.AddRange(await AxeCore.JudgeAsync(page, name));
        }

        Assert.Empty(found);
    }
}
