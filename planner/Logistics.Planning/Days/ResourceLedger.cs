using Logistics.Domain;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>Hands out the shared resources of a day as parcels turn out to need them: compartments by terminal, quotas by terminal and partner, docks.</summary>
internal sealed class ResourceLedger(DayInput input)
{
    public const string CompartmentsPrefix = "compartments:";

    private readonly Dictionary<string, int> _compartments = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), int> _quotas = [];
    private readonly List<SharedResource> _resources = [];

    public IReadOnlyList<SharedResource> Resources => _resources;

    /// <summary>What one parcel consumes at a terminal: a compartment of its size or larger, and a unit of its partner's quota if there is one.</summary>
    public IReadOnlyList<ResourceUse> UsesOf(Parcel parcel, Terminal terminal)
    {
        var compartment = new ResourceUse(CompartmentsOf(terminal), (int)parcel.Size);
        return terminal.QuotaOf(parcel.PartnerId) is { } quota
            ? [compartment, new ResourceUse(QuotaOf(terminal.Id, parcel.PartnerId, quota), 0)]
            : [compartment];
    }

    /// <summary>A loading bay of the hub for one slot; null when bays are not limited.</summary>
    public ResourceUse? DockOf(Hub hub)
    {
        if (hub.DockCount is not { } docks || input.Rules.DockSlotSeconds <= 0) return null;
        var loading = Math.Max(1, input.Network.Area.Defaults.ReloadSeconds);
        _resources.Add(new SharedResource
        {
            Id = $"docks:{hub.Id}",
            CapacityByClass = [(int)Math.Max(docks, (long)docks * input.Rules.DockSlotSeconds / loading)],
            SlotSeconds = input.Rules.DockSlotSeconds,
        });
        return new ResourceUse(_resources.Count - 1, 0);
    }

    private int CompartmentsOf(Terminal terminal)
    {
        if (_compartments.TryGetValue(terminal.Id, out var index)) return index;
        var taken = input.TakenByTerminal.GetValueOrDefault(terminal.Id);
        _resources.Add(new SharedResource
        {
            Id = CompartmentsPrefix + terminal.Id,
            CapacityByClass = [.. Enum.GetValues<SizeClass>().Select(size => Math.Max(0, terminal.Compartments[size] - taken[size]))],
        });
        return _compartments[terminal.Id] = _resources.Count - 1;
    }

    private int QuotaOf(string terminalId, string partnerId, int quota)
    {
        if (_quotas.TryGetValue((terminalId, partnerId), out var index)) return index;
        _resources.Add(new SharedResource
        {
            Id = $"quota:{terminalId}:{partnerId}",
            CapacityByClass = [Math.Max(0, quota - input.QuotaUsed.GetValueOrDefault((terminalId, partnerId)))],
        });
        return _quotas[(terminalId, partnerId)] = _resources.Count - 1;
    }
}
