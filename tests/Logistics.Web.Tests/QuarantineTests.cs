using System.Net;

namespace Logistics.Web.Tests;

public sealed class QuarantineTests(DemoHost demo)
{
    private async Task<(string Id, string Waybill)> QuarantinedAsync()
    {
        var waybill = TestOrders.NewWaybill();
        var result = await demo.Dispatcher.PostAsync("/api/orders", TestOrders.Order(waybill).With("weightGrams", "heavy").With("sizeClass", null));
        return (result.Item().Id(), waybill);
    }

    [Fact]
    public async Task Row_is_mended_checked_again_and_released_as_an_order()
    {
        var (id, waybill) = await QuarantinedAsync();
        var row = (await demo.Dispatcher.GetAsync("/api/quarantine?limit=500")).GetProperty("items").EnumerateArray().Single(r => r.Id() == id);
        var fields = row.GetProperty("fields").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
        Assert.Equal("heavy", fields["weightGrams"]);
        await demo.Dispatcher.PostAsync($"/api/quarantine/{id}/release", new { }, HttpStatusCode.BadRequest);

        fields["weightGrams"] = "1.2kg";
        var half = await demo.Dispatcher.PutAsync($"/api/quarantine/{id}", new { fields });
        Assert.Empty(half.Problems()); // the size follows from the volume once it may be derived
        var released = await demo.Dispatcher.PostAsync($"/api/quarantine/{id}/release", new { });

        Assert.Equal("created", released.GetProperty("outcome").GetString());
        var order = (await demo.Dispatcher.GetAsync($"/api/orders?q={waybill}")).Item();
        Assert.Equal((1200, "M"), (order.Count("weightGrams"), order.GetProperty("sizeClass").GetString()));
        await demo.Dispatcher.PostAsync($"/api/quarantine/{id}/release", new { }, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Rejecting_needs_a_reason_and_closes_the_row()
    {
        var (id, _) = await QuarantinedAsync();
        await demo.Dispatcher.PostAsync($"/api/quarantine/{id}/reject", new { reason = "" }, HttpStatusCode.BadRequest);

        var rejected = await demo.Dispatcher.PostAsync($"/api/quarantine/{id}/reject", new { reason = "duplicate of a paper order" });

        Assert.Equal("rejected", rejected.GetProperty("state").GetString());
        var audit = (await demo.Admin.GetAsync($"/api/audit?object=quarantine/{id}")).Item();
        Assert.Equal("duplicate of a paper order", audit.GetProperty("reason").GetString());
    }
}
