namespace Logistics.DeviceGateway.Hub;

/// <summary>Something for the hub thread to do.</summary>
internal abstract class HubItem
{
    /// <summary>Runs on the hub thread.</summary>
    public abstract void Apply(GatewayHub hub);
}

/// <summary>A one-off item.</summary>
internal sealed class HubAction(Action<GatewayHub> action) : HubItem
{
    public override void Apply(GatewayHub hub) => action(hub);
}
