using Logistics.Domain;

namespace Logistics.Planning.Exact.Rosters.Weeks;

/// <summary>Everything that a week's roster depends on.</summary>
/// <param name="Volumes">Expected parcels of each of the seven days.</param>
/// <param name="ShiftsBefore">Shifts of the seven days before, for rest, runs of days and fairness.</param>
public sealed record RosterWeekInput(NetworkSnapshot Network, RosterSetup Setup, RosterWeek Week, IReadOnlyList<RosterDayVolume> Volumes, IReadOnlyList<Shift> ShiftsBefore);
