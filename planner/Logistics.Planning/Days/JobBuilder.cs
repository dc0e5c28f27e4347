using Logistics.Domain;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>Turns parcels into jobs with one alternative for each legal option.</summary>
internal sealed class JobBuilder(DayInput input, DayClock clock, FleetBuilder fleet, ResourceLedger ledger, EditReading edits)
{
    private readonly PlanningDefaults _defaults = input.Network.Area.Defaults;
    private readonly Dictionary<string, int> _vehicleIndex = fleet.Vehicles.Index().ToDictionary(v => v.Item.Vehicle.Id, v => v.Index, StringComparer.Ordinal);

    public List<Job> Jobs { get; } = [];
    public List<Parcel> Parcels { get; } = [];
    public List<int[]> OptionOfAlternative { get; } = [];
    public List<UnassignedParcel> RuledOut { get; } = [];

    /// <param name="placeOfTerminal">Index of a terminal's place.</param>
    /// <param name="door">Index of the parcel's parking place and the straight metres walked from it.</param>
    public void Add(Parcel parcel, Func<string, int> placeOfTerminal, (int Place, double WalkMetres) door)
    {
        if (edits.LeftOut.Contains(parcel.Id))
        {
            RuledOut.Add(new UnassignedParcel(parcel.Id, "edit.leftOut", "The dispatcher left it out of the day."));
            return;
        }

        var vehicles = AllowedVehicles(parcel, out var refusal);
        if (vehicles is null)
        {
            RuledOut.Add(refusal!);
            return;
        }

        var alternatives = new List<Alternative>(parcel.Options.Count);
        var options = new List<int>(parcel.Options.Count);
        var problems = new List<(string Code, string Message)>();
        for (var i = 0; i < parcel.Options.Count; i++)
        {
            if (edits.OptionOfParcel.TryGetValue(parcel.Id, out var chosen) && chosen != i) continue;
            var option = parcel.Options[i];
            var terminal = option.Kind == DeliveryKind.Terminal ? input.Network.FindTerminal(option.TerminalId) : null;
            if (OptionLegality.FindProblem(parcel, option, terminal) is { } problem)
            {
                problems.Add(problem);
                continue;
            }

            var windows = clock.Open(option.Window, terminal?.Hours);
            if (windows.Count == 0)
            {
                problems.Add(("window.closed", terminal is null ? "The door's window has passed." : $"Terminal {terminal.Code} {terminal.Name} is not open in the window."));
                continue;
            }

            alternatives.Add(Build(parcel, option, terminal, windows, vehicles, terminal is null ? door : (placeOfTerminal(terminal.Id), 0)));
            options.Add(i);
        }

        if (alternatives.Count == 0)
        {
            var first = problems.Count > 0 ? problems[0] : ("option.none", "It has no delivery option.");
            RuledOut.Add(new UnassignedParcel(parcel.Id, first.Item1, problems.Count > 1 ? string.Join(" ", problems.Select(p => p.Message).Distinct()) : first.Item2));
            return;
        }

        Jobs.Add(new Job { Id = parcel.Id, Alternatives = alternatives, UnservedCost = UnservedCost(parcel) });
        Parcels.Add(parcel);
        OptionOfAlternative.Add([.. options]);
    }

    private Alternative Build(
        Parcel parcel, DeliveryOption option, Terminal? terminal, IReadOnlyList<Routing.Model.TimeWindow> windows, IReadOnlyList<int> vehicles, (int Place, double WalkMetres) at)
    {
        long[] load = [parcel.WeightGrams, parcel.VolumeMillilitres, 1];
        var isDelivery = parcel.Flow == ParcelFlow.Delivery;
        var walk = (int)Math.Ceiling(2 * at.WalkMetres * input.Rules.WalkDetourFactor / input.Rules.WalkMetresPerSecond);
        return new Alternative
        {
            Id = terminal?.Code ?? "door",
            PreferenceCost = option.PreferenceFen * PlanningRules.UnitsPerFen,
            Skills = input.Rules.SkillByHandling.TryGetValue(parcel.Handling, out var skill) ? [fleet.SkillOf(skill)] : [],
            AllowedVehicles = vehicles,
            ForbiddenVehicles = Forbidden(parcel.Id),
            ReleaseTime = isDelivery ? clock.SecondsOf(parcel.ReleaseAt) : 0,
            Visits =
            [
                new Visit
                {
                    Place = at.Place,
                    Windows = windows,
                    SetupSeconds = terminal?.ParkingSetupSeconds ?? _defaults.DoorSetupSeconds,
                    HandlingSeconds = terminal is null ? _defaults.DoorHandlingSeconds + walk : _defaults.TerminalHandlingSeconds,
                    Delivery = isDelivery ? load : [],
                    Pickup = isDelivery ? [] : load,
                    Uses = isDelivery && terminal is not null ? ledger.UsesOf(parcel, terminal) : [],
                },
            ],
        };
    }

    private long UnservedCost(Parcel parcel)
    {
        var factor = 1 + (Math.Clamp(parcel.Priority, 0, 100) * (input.Rules.TopPriorityFactor - 1) / 100.0);
        return (long)Math.Round(_defaults.UnservedFen * factor) * PlanningRules.UnitsPerFen;
    }

    private IReadOnlyList<int>? AllowedVehicles(Parcel parcel, out UnassignedParcel? refusal)
    {
        refusal = null;
        var ofHub = fleet.VehiclesOf(parcel.HubId);
        if (!edits.VehicleOfParcel.TryGetValue(parcel.Id, out var bound))
        {
            if (ofHub.Count == 0)
                refusal = new UnassignedParcel(parcel.Id, "vehicle.hub", $"No vehicle is on duty at hub {input.Network.FindHub(parcel.HubId)?.Name ?? parcel.HubId}.", "Add a vehicle of that hub.");
            return ofHub.Count == 0 ? null : ofHub;
        }

        var plate = input.Network.FindVehicle(bound)?.Plate ?? bound;
        if (!_vehicleIndex.TryGetValue(bound, out var index)) refusal = new UnassignedParcel(parcel.Id, "edit.vehicle", $"It is bound to vehicle {plate}, which is not on duty.");
        else if (!ofHub.Contains(index)) refusal = new UnassignedParcel(parcel.Id, "edit.vehicle", $"It is bound to vehicle {plate}, which does not load at its hub.");
        return refusal is null ? [index] : null;
    }

    private IReadOnlyList<int> Forbidden(string parcelId) => edits.ForbiddenVehicles.TryGetValue(parcelId, out var vehicles)
        ? [.. vehicles.Where(_vehicleIndex.ContainsKey).Select(v => _vehicleIndex[v]).Order()]
        : [];
}
