namespace Logistics.Domain;

/// <summary>Where a parcel stands in its day. See docs/domain.md for the diagram.</summary>
public enum ParcelState
{
    /// <summary>The order is known; no promise made yet.</summary>
    Received,

    /// <summary>Held back until somebody mends or rejects it.</summary>
    Quarantined,

    /// <summary>Accepted for its day.</summary>
    Promised,

    /// <summary>In a published plan.</summary>
    Planned,

    /// <summary>Scanned into the vehicle.</summary>
    Loaded,

    /// <summary>On the road.</summary>
    Out,

    /// <summary>In a terminal, waiting for the recipient.</summary>
    Deposited,

    /// <summary>Given to the recipient in person. Final.</summary>
    HandedOver,

    /// <summary>Taken from the terminal by the recipient. Final.</summary>
    Collected,

    /// <summary>Not collected within the storage period.</summary>
    Overdue,

    /// <summary>Back at the hub.</summary>
    Returned,

    /// <summary>Nobody can say where it is.</summary>
    Missing,

    /// <summary>Withdrawn before loading. Final.</summary>
    Cancelled,
}

/// <summary>What can happen to a parcel.</summary>
public enum ParcelAction
{
    Quarantine,
    Mend,
    Promise,
    Plan,
    Unplan,
    Load,
    Depart,
    Deposit,
    HandOver,
    Collect,
    Expire,
    Return,
    Lose,
    Find,
    Retry,
    Cancel,
}
