using Logistics.Planning.Travel;
using Logistics.Storage;

namespace Logistics.Web.Hosting;

/// <summary>What may go wrong around the host, as problems with a rule, so that the page can tell them in its language.</summary>
public static class Troubles
{
    public const string DiskFull = "disk.full";

    /// <summary>Null for what is nobody's trouble but ours.</summary>
    public static FieldProblem? Find(Exception exception) => exception switch
    {
        TravelUnavailableException travel => new FieldProblem("osrmUrl", travel.Address, "travel.unavailable", travel.Message),
        StorageException { Fault: StorageFault.Full } full => new FieldProblem("data", null, DiskFull, full.Message),
        StorageException { Fault: StorageFault.Busy or StorageFault.Unreachable } away => new FieldProblem("storage", null, "storage.unavailable", away.Message),
        _ => null,
    };
}
