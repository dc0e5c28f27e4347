using Logistics.Domain;

namespace Logistics.Planning.Exact.Rosters.Weeks;

/// <summary>Everything that a week's roster depends on.</summary>
/// <param name="Volumes">Expected parcels of each of the seven days.</param>
/// <param name="ParcelsByHub">Parcels that left each hub of late; how a day's volume is divided among the hubs. Empty where nothing is known: the demand is then the area's.</param>
/// <param name="ShiftsBefore">Shifts of the seven days before, for rest, runs of days and fairness.</param>
public sealed record RosterWeekInput(NetworkSnapshot Network, RosterSetup Setup, RosterWeek Week, IReadOnlyList<RosterDayVolume> Volumes, IReadOnlyDictionary<string, int> ParcelsByHub, IReadOnlyList<Shift> ShiftsBefore);
