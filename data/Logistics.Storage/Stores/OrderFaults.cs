using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>All that is wrong with one order: what could not be read, which rules it breaks, and whether it may come from whoever sends it.</summary>
public static class OrderFaults
{
    /// <param name="unread">Fields that could not be read.</param>
    /// <param name="broken">Rules the rest breaks.</param>
    public static IReadOnlyList<OrderProblem> List(IReadOnlyList<OrderProblem> unread, IReadOnlyList<OrderProblem> broken, OrderDraft draft, NetworkSnapshot network, PartnerScope scope)
    {
        List<OrderProblem> all = [.. unread, .. broken.Where(p => p.Rule != OrderRule.Required || !unread.Any(r => Explains(r.Field, p.Field)))];
        if (string.IsNullOrWhiteSpace(draft.Partner) || scope.Includes(network.FindPartner(draft.Partner.Trim())?.Id)) return all;
        // One answer whether the name is another's or nobody's: who else is in the network is not for partners.
        all.RemoveAll(p => p.Field == "partner");
        all.Add(new OrderProblem("partner", draft.Partner, "partner.scope", $"partner {draft.Partner} is not the one signed in."));
        return all;
    }

    /// <summary>A field that could not be read is not also "missing", nor is what would have come of it: the promise of its day, the size of its volume.</summary>
    private static bool Explains(string unread, string missing) => unread == missing || missing switch
    {
        "promiseStart" or "promiseEnd" => unread is "day" or "promiseWindow" or "promiseStart" or "promiseEnd",
        "size" or "volumeMillilitres" => unread is "volumeMillilitres" or "dimensions",
        _ => false,
    };
}
