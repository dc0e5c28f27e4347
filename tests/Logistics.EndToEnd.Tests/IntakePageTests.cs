using System.Globalization;
using Microsoft.Playwright;

namespace Logistics.EndToEnd.Tests;

/// <summary>A partner's file through the real page: preview, import, quarantine, mend, release.</summary>
[Collection(nameof(DemoCityCollection))]
public sealed class IntakePageTests(RunningHost host, Browser browser)
{
    [Fact]
    public async Task Faulty_row_is_quarantined_mended_and_released()
    {
        await using var person = await browser.SignInAsync(host, "dispatcher");
        var page = person.Page;
        await page.GotoAsync($"{host.Address}/intake");
        // Late in the evening today's window would be past.
        var day = DateOnly.Parse(await page.Locator(".bar-day input").InputValueAsync(), CultureInfo.InvariantCulture).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var partner = await FirstPartnerCodeAsync(page);
        var file = $"""
            合作企业,运单号,收件人,收件电话,收件地址,经度,纬度,尺寸等级,重量,体积,配送日期,最早送达,最晚送达,可送上门
            {partner},E2E000001,王小明,13800138000,北京市朝阳区望京街1号,116.4700,39.9960,M,1200,6000,{day},08:00,23:30,是
            {partner},E2E000002,李小红,13900139000,北京市朝阳区望京街2号,116.4710,39.9970,M,-5,6000,{day},08:00,23:30,是

            """;
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "e2e.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(file) });
        await page.WaitForSelectorAsync(".mapping");
        await page.ClickAsync("button:has-text('Import'):not([role=tab])");
        await page.WaitForSelectorAsync(".toast");

        await page.ClickAsync("[role=tab]:has-text('Quarantine')");
        await page.ClickAsync(".table-row:has-text('E2E000002')");
        await page.Locator(".field.wrong input").First.FillAsync("1500");
        await page.ClickAsync("button:has-text('Mend and release')");
        await Assertions.Expect(page.Locator(".table-row:has-text('E2E000002')")).ToHaveCountAsync(0);

        await page.GotoAsync($"{host.Address}/intake?tab=orders&day={day}&q=E2E000002");
        await Assertions.Expect(page.Locator(".table-row:has-text('E2E000002')")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Partner_sees_its_own_orders_and_no_planning_pages()
    {
        await using var person = await browser.SignInAsync(host, "partner-jx");
        var page = person.Page;
        await page.WaitForSelectorAsync(".board, .state");

        Assert.Equal(0, await page.Locator(".rail-item:has-text('Plan')").CountAsync());
        Assert.Equal(0, await page.Locator(".rail-item:has-text('Settings')").CountAsync());

        await page.GotoAsync($"{host.Address}/intake?tab=orders");
        await page.WaitForSelectorAsync(".table-row");
        var waybills = await page.Locator(".table-row > span:first-child").AllInnerTextsAsync();
        Assert.NotEmpty(waybills);
        Assert.All(waybills, waybill => Assert.StartsWith("JX", waybill));
    }

    private static async Task<string> FirstPartnerCodeAsync(IPage page)
    {
        var network = await page.EvaluateAsync<System.Text.Json.JsonElement>("async () => (await (await fetch('/api/network')).json()).partners[0].code");
        return network.GetString()!;
    }
}
