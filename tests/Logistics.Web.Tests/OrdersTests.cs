using System.Diagnostics;
using System.Net;
using System.Text;

namespace Logistics.Web.Tests;

public sealed class OrdersTests(DemoHost demo)
{
    [Fact]
    public async Task Same_order_again_changes_nothing_and_a_changed_one_is_a_revision()
    {
        var order = TestOrders.Order();
        Assert.Equal("created", (await demo.Dispatcher.PostAsync("/api/orders", order)).Outcome());
        Assert.Equal("unchanged", (await demo.Dispatcher.PostAsync("/api/orders", order)).Outcome());

        var revised = await demo.Dispatcher.PostAsync("/api/orders", order.With("weightGrams", 1300));

        Assert.Equal("revised", revised.Outcome());
        var detail = await demo.Dispatcher.GetAsync($"/api/orders/{revised.Item().Id()}");
        Assert.Equal(1300, detail.Count("weightGrams"));
        Assert.Equal(2, detail.Count("revision"));
    }

    [Fact]
    public async Task Every_problem_of_an_order_is_told_at_once_with_field_value_and_rule()
    {
        var order = TestOrders.Order().With("sizeClass", "XXL").With("weightGrams", -5).With("volumeMl", "much").With("recipientPhone", null).With("options", new object[] { new { kind = "door", lon = 10, lat = 10 }, new { kind = "terminal", terminal = "NO-SUCH" } });

        var item = (await demo.Dispatcher.PostAsync("/api/orders", order)).Item();

        Assert.Equal("quarantined", item.GetProperty("outcome").GetString());
        Assert.Equal(
            ["lon,lat area.outside", "options[1].terminal terminal.unknown", "recipientPhone required", "sizeClass format", "volumeMl format", "weightGrams range"],
            item.Problems().Order(StringComparer.Ordinal));
        Assert.Contains(item.GetProperty("problems").EnumerateArray(), p => p.GetProperty("value").GetString() == "XXL");
    }

    [Fact]
    public async Task Bulk_of_ten_thousand_is_counted_whole_and_idempotent()
    {
        var prefix = "BULK" + Guid.NewGuid().ToString("N")[..6];
        var orders = Enumerable.Range(0, 10_000).Select(i => TestOrders.Order($"{prefix}{i:D5}").With("weightGrams", i % 100 == 7 ? -1 : 500)).ToList();
        var started = Stopwatch.GetTimestamp();

        var first = await demo.Dispatcher.PostAsync("/api/orders/bulk", orders);
        TestContext.Current.TestOutputHelper?.WriteLine($"10,000 orders by bulk API: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s");
        var second = await demo.Dispatcher.PostAsync("/api/orders/bulk", orders);

        Assert.Equal((10_000, 9_900, 100), (first.Count("received"), first.Count("created"), first.Count("quarantined")));
        Assert.Equal((10_000, 0, 9_900, 100), (second.Count("received"), second.Count("created"), second.Count("unchanged"), second.Count("quarantined")));
        Assert.Equal(9_900, (await demo.Dispatcher.GetAsync($"/api/orders?q={prefix}&limit=1")).Count("total"));
    }

    [Theory]
    [InlineData("{\"waybill\": NaN}", "json")]
    [InlineData("[1, 2", "json")]
    [InlineData("\"text\"", "format")]
    public async Task Body_that_is_no_order_gets_one_clear_400(string body, string rule)
    {
        var response = await demo.Dispatcher.Http.PostAsync("/api/orders", new StringContent(body, Encoding.UTF8, "application/json"));
        using var problem = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"body {rule}", Assert.Single(problem.RootElement.Problems()));
    }

    [Fact]
    public async Task Order_with_a_number_beyond_all_bounds_is_quarantined()
    {
        var response = await demo.Dispatcher.Http.PostAsync("/api/orders", new StringContent("{\"partner\": \"JX\", \"waybill\": \"BEYOND1\", \"lon\": 1e400, \"lat\": 39.9}", Encoding.UTF8, "application/json"));
        using var report = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(1, report.RootElement.Count("quarantined"));
        Assert.Contains("lon format", report.RootElement.Item().Problems());
    }

    [Fact]
    public async Task Cancelled_order_keeps_its_reason_and_cannot_be_cancelled_twice()
    {
        var id = (await demo.Dispatcher.PostAsync("/api/orders", TestOrders.Order())).Item().Id();
        await demo.Dispatcher.PostAsync($"/api/orders/{id}/cancel", new { reason = "customer called" });

        var detail = await demo.Dispatcher.GetAsync($"/api/orders/{id}");
        Assert.Equal("cancelled", detail.GetProperty("state").GetString());
        Assert.Contains(detail.GetProperty("history").EnumerateArray(), h => h.GetProperty("note").GetString() == "customer called" && h.GetProperty("actor").GetString() == "dispatcher");
        await demo.Dispatcher.PostAsync($"/api/orders/{id}/cancel", new { reason = "again" }, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Lists_show_no_personal_data_in_full()
    {
        var waybill = TestOrders.NewWaybill();
        await demo.Dispatcher.PostAsync("/api/orders", TestOrders.Order(waybill));

        var text = (await demo.Dispatcher.GetAsync($"/api/orders?q={waybill}")).GetRawText();

        Assert.DoesNotContain("王小明", text, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", text, StringComparison.Ordinal);
        Assert.Contains("5678", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_are_found_by_the_tail_of_the_phone()
    {
        var waybill = TestOrders.NewWaybill();
        await demo.Dispatcher.PostAsync("/api/orders", TestOrders.Order(waybill).With("recipientPhone", "13900009731"));

        var rows = (await demo.Dispatcher.GetAsync("/api/orders?q=9731")).GetProperty("items").EnumerateArray();

        Assert.Contains(rows, r => r.GetProperty("waybill").GetString() == waybill);
    }
}
