using Logistics.Routing.Model;

namespace Logistics.Routing.Replanning;

/// <summary>Something that happens to a running plan.</summary>
public abstract record Incident;

/// <summary>A further job; it becomes the last of the problem. Its places are the problem's.</summary>
public sealed record JobAdded(Job Job) : Incident;

/// <summary>A job is not wanted any more. Its goods stay on board if they are.</summary>
public sealed record JobCancelled(int Job) : Incident;

/// <summary>A job is to be done one new way only (another terminal, another hour); the option becomes its last alternative.</summary>
public sealed record OptionMoved(int Job, Alternative Option) : Incident;

/// <summary>A vehicle is free no earlier than a second.</summary>
public sealed record VehicleLate(int Vehicle, int FreeAt) : Incident;

/// <summary>A vehicle does nothing more and stays where it is.</summary>
/// <param name="TransferSeconds">Seconds another vehicle needs to take over one job's goods where this one stands; null = what is on board cannot be fetched.</param>
public sealed record VehicleBroken(int Vehicle, int? TransferSeconds) : Incident;

/// <summary>A further vehicle; it becomes the last of the problem.</summary>
public sealed record VehicleAdded(Vehicle Vehicle) : Incident;

/// <summary>Nothing can begin at a place in a closed interval (a terminal is shut, a road dug up).</summary>
public sealed record PlaceClosed(int Place, ClosedInterval Interval) : Incident;

/// <summary>A shared resource has other units (compartments out of order, a quota cut); never fewer than history has used.</summary>
public sealed record CapacityChanged(int Resource, IReadOnlyList<int> CapacityByClass) : Incident;

/// <summary>A travel profile has other legs, bands or closures (a new access rule, a blocked road).</summary>
public sealed record TravelChanged(int Profile, TravelProfile Travel) : Incident;
