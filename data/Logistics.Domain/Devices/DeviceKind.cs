namespace Logistics.Domain.Devices;

/// <summary>What speaks to the gateway; the third level of a device topic.</summary>
public enum DeviceKind
{
    /// <summary>A client outside <c>lg/v1</c>, possible only when the gateway runs open.</summary>
    Unknown = 0,
    Locker = 1,
    Handheld = 2,
    Vehicle = 3,
}
