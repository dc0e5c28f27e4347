using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>The week's calendar: a shift dragged and locked, the rest solved around it, a demand nobody can meet, and the file.</summary>
[Collection(nameof(DemoCityCollection))]
public sealed class RosterPageTests(RunningHost host, Browser browser)
{
    [Fact]
    public async Task Dragged_and_locked_shift_stays_when_the_week_is_solved_around_it()
    {
        await using var person = await browser.SignInAsync(host, "dispatcher");
        var page = person.Page;
        var week = await OpenAsync(page, weeksAhead: 6);
        var couriers = (await ViewAsync(page, week)).GetProperty("couriers").EnumerateArray().Select(c => c.GetProperty("id").GetString()!).Take(2).ToArray();

        // 1 gives the first shift; the duty is dragged from one courier's Monday to the other's Wednesday, and L locks it there.
        var (from, to) = (Cell(page, couriers[0], 0), Cell(page, couriers[1], 2));
        await from.FocusAsync();
        await page.Keyboard.PressAsync("1");
        await Assertions.Expect(from.Locator(".duty")).ToHaveCountAsync(1);
        await from.Locator(".duty").DragToAsync(to);
        await Assertions.Expect(from.Locator(".duty")).ToHaveCountAsync(0);
        await Assertions.Expect(to.Locator(".duty")).ToHaveCountAsync(1);
        await to.FocusAsync();
        await page.Keyboard.PressAsync("l");
        await Assertions.Expect(to.Locator(".duty-lock")).ToHaveCountAsync(1);
        var locked = await to.Locator(".duty b").InnerTextAsync();

        await SolveAsync(page);

        Assert.Equal(locked, await to.Locator(".duty b").InnerTextAsync());
        await Assertions.Expect(to.Locator(".duty-lock")).ToHaveCountAsync(1);
        var view = await ViewAsync(page, week);
        Assert.Empty(view.GetProperty("faults").EnumerateArray());
        var duties = view.GetProperty("cells").EnumerateArray().Where(c => c.GetProperty("shiftId").ValueKind == JsonValueKind.String).ToList();
        Assert.True(duties.Count > couriers.Length, $"{duties.Count} duties");

        var file = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a[download]"));
        using var reader = new StreamReader(await file.CreateReadStreamAsync());
        var lines = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(duties.Count, lines.Length - 1);
        Assert.Contains(lines, line => line.StartsWith($"{week.AddDays(2):yyyy-MM-dd},{couriers[1]},", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Skill_that_too_few_have_is_asked_for_in_the_setup_and_named_as_missing()
    {
        await using var person = await browser.SignInAsync(host, "dispatcher");
        var page = person.Page;
        var week = await OpenAsync(page, weeksAhead: 7);
        var before = await page.EvaluateAsync<JsonElement>("async () => await (await fetch('/api/rosters/setup')).json()");
        await page.ClickAsync("button:has-text('Rules and shifts')");
        await page.ClickAsync("dialog button:has-text('Add a skill')");
        var need = page.Locator(".roster-needs tbody tr").Last;
        var skill = await need.Locator("select").InputValueAsync();
        await need.Locator("input[type=number]").FillAsync("150");
        await page.ClickAsync("dialog button.primary");
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);

        await SolveAsync(page);

        var view = await ViewAsync(page, week);
        var missing = view.GetProperty("broken").EnumerateArray().Where(b => b.GetProperty("kind").GetString() == "shortage" && b.GetProperty("skill").GetString() == skill).ToList();
        Assert.NotEmpty(missing);
        var solve = view.GetProperty("solve");
        // How much of it is proven depends on the machine; that it is short does not.
        Assert.InRange(solve.GetProperty("shortageBound").GetInt64(), 0, solve.GetProperty("shortageMinutes").GetInt64());
        Assert.NotEqual(0, solve.GetProperty("shortageMinutes").GetInt64());
        // What the page lists is what is broken, and the file's week still keeps every law.
        await Assertions.Expect(page.Locator(".roster-issues .issue.shortage:has-text('of 150 missing')").First).ToBeVisibleAsync();
        Assert.Equal(
            view.GetProperty("broken").EnumerateArray().Count(b => b.GetProperty("kind").GetString() == "shortage"), await page.Locator(".roster-issues .issue.shortage").CountAsync());
        Assert.Empty(view.GetProperty("faults").EnumerateArray());

        await page.ClickAsync("button:has-text('Rules and shifts')");
        await page.Locator(".roster-needs tbody tr").Last.Locator("button").ClickAsync();
        await page.ClickAsync("dialog button.primary");
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        var after = await page.EvaluateAsync<JsonElement>("async () => await (await fetch('/api/rosters/setup')).json()");
        Assert.Equal(before.GetRawText(), after.GetRawText());
    }

    [Fact]
    public async Task Hub_chosen_shows_its_couriers_and_its_demand()
    {
        await using var person = await browser.SignInAsync(host, "dispatcher");
        var page = person.Page;
        var week = await OpenAsync(page, weeksAhead: 0);
        var view = await ViewAsync(page, week);
        var hub = view.GetProperty("demand").EnumerateArray().First(d => d.GetProperty("hubId").ValueKind == JsonValueKind.String).GetProperty("hubId").GetString()!;
        var couriers = view.GetProperty("couriers").EnumerateArray().Count(c => c.GetProperty("hubId").GetString() == hub);

        await page.SelectOptionAsync("select[aria-label=Hub]", hub);

        await Assertions.Expect(page.Locator(".roster-grid tbody tr")).ToHaveCountAsync(couriers);
        Assert.InRange(couriers, 1, view.GetProperty("couriers").GetArrayLength() - 1);
        Assert.Contains($"hub={hub}", page.Url, StringComparison.Ordinal);
    }

    private static ILocator Cell(IPage page, string courier, int day) => page.Locator($"[data-place='{courier} {day}']");

    private async Task<DateOnly> OpenAsync(IPage page, int weeksAhead)
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime);
        var monday = today.AddDays((7 * weeksAhead) - (((int)today.DayOfWeek + 6) % 7));
        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"{host.Address}/roster?day={monday:yyyy-MM-dd}"));
        await page.WaitForSelectorAsync(".roster-grid tbody tr");
        return monday;
    }

    private static async Task SolveAsync(IPage page)
    {
        await page.SelectOptionAsync(".toolbar label select", "10");
        await page.ClickAsync(".toolbar button:has(svg):has-text('olve')");
        await page.WaitForSelectorAsync(".solve[role=status]");
        await page.WaitForSelectorAsync(".roster-note[role=status] .num");
    }

    private static Task<JsonElement> ViewAsync(IPage page, DateOnly week) =>
        page.EvaluateAsync<JsonElement>($"async () => await (await fetch('/api/rosters/{week.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}')).json()");
}
