using Logistics.Domain;
using Logistics.Routing.Model;
using ModelVehicle = Logistics.Routing.Model.Vehicle;
using TimeWindow = Logistics.Routing.Model.TimeWindow;
using Vehicle = Logistics.Domain.Vehicle;

namespace Logistics.Planning.Days;

/// <summary>The day's vehicles, hubs and skills as the optimiser sees them.</summary>
internal sealed class FleetBuilder
{
    /// <summary>Working time of a vehicle the dispatcher adds without a shift: 08:00 to 18:00.</summary>
    private static readonly TimeWindow AddedShift = new(8 * 3600, 18 * 3600);

    private readonly DayInput _input;
    private readonly DayClock _clock;
    private readonly Dictionary<string, int> _skills = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int[]> _vehiclesOfHub = new(StringComparer.Ordinal);

    public FleetBuilder(DayInput input, DayClock clock, EditReading edits)
    {
        (_input, _clock) = (input, clock);
        Hubs = [.. input.Network.Hubs.Where(h => h.IsActive)];
        Vehicles = [.. Available(edits)];
        foreach (var (index, hub) in Hubs.Index())
        {
            IndexOfHub[hub.Id] = index;
            _vehiclesOfHub[hub.Id] = [.. Vehicles.Index().Where(v => string.Equals(v.Item.Vehicle.HomeHubId, hub.Id, StringComparison.Ordinal)).Select(v => v.Index)];
        }
    }

    public IReadOnlyList<Hub> Hubs { get; }
    public Dictionary<string, int> IndexOfHub { get; } = new(StringComparer.Ordinal);
    public IReadOnlyList<DayVehicle> Vehicles { get; }
    public List<string> Notes { get; } = [];

    /// <summary>Vehicles that load at a hub: only they can bring its parcels.</summary>
    public IReadOnlyList<int> VehiclesOf(string hubId) => _vehiclesOfHub.GetValueOrDefault(hubId) ?? [];

    /// <summary>Index of a skill word; a word no courier has gets one, too, so that the job that needs it stays unserved for that reason.</summary>
    public int SkillOf(string word)
    {
        if (!_skills.TryGetValue(word, out var skill)) _skills[word] = skill = _skills.Count;
        return skill;
    }

    public IReadOnlyList<Depot> BuildDepots(ResourceLedger ledger, Func<Hub, int> placeOf) => [.. Hubs.Select(hub =>
    {
        var open = _clock.OpenIntervals(hub.Hours);
        return new Depot
        {
            Id = hub.Id,
            Place = placeOf(hub),
            // One interval is what a depot has: a midday break of the hub does not stop a vehicle that is already there.
            Open = open.Count == 0 ? new TimeWindow(0, 0) : new TimeWindow(open[0].From, open[^1].Until),
            LoadingSecondsPerTrip = _input.Network.Area.Defaults.ReloadSeconds,
            Dock = ledger.DockOf(hub),
        };
    })];

    public IReadOnlyList<ModelVehicle> BuildVehicles(Func<Vehicle, int> profileOf) => [.. Vehicles.Select(v => Build(v, profileOf(v.Vehicle)))];

    private ModelVehicle Build(DayVehicle day, int profile)
    {
        var (vehicle, shift, courier) = day;
        var hub = IndexOfHub[vehicle.HomeHubId];
        var regular = shift is null ? AddedShift : new TimeWindow(_clock.SecondsOf(shift.Start), _clock.SecondsOf(shift.End));
        return new ModelVehicle
        {
            Id = vehicle.Id,
            Profile = profile,
            StartDepot = hub,
            EndDepot = hub,
            Capacity = [Limit(vehicle.CapacityGrams), Limit(vehicle.CapacityMillilitres), Limit(vehicle.CapacityCount)],
            Shift = regular with { Latest = regular.Latest + (shift?.MaxOvertimeSeconds ?? 0) },
            RegularSeconds = regular.Latest - regular.Earliest,
            MaxDistance = vehicle.MaxDistanceMetres,
            MaxStops = shift?.MaxStops,
            FixedCost = vehicle.FixedFen * PlanningRules.UnitsPerFen,
            CostPerMetre = vehicle.CentifenPerMetre * (PlanningRules.UnitsPerFen / 100L),
            CostPerSecond = vehicle.CentifenPerSecond * (PlanningRules.UnitsPerFen / 100L),
            CostPerOvertimeSecond = vehicle.OvertimeCentifenPerSecond * (PlanningRules.UnitsPerFen / 100L),
            Skills = [.. (courier?.Skills ?? []).Select(SkillOf)],
            MaxTrips = Math.Max(1, shift?.MaxTrips ?? _input.Rules.DefaultMaxTrips),
            ReloadDepots = [hub],
            Breaks = [.. (shift?.Breaks ?? []).Select((b, i) => new Break
            {
                Id = $"{vehicle.Id}:{i + 1}",
                Windows = [new TimeWindow(_clock.SecondsOf(b.EarliestStart), _clock.SecondsOf(b.LatestStart))],
                DurationSeconds = b.DurationSeconds,
                IsWaivedIfRouteEndsBefore = true,
            })],
        };
    }

    // Nought on a vehicle means nobody filled it in, as in the order files; a vehicle that carries nothing would not be listed.
    private static long Limit(int capacity) => capacity > 0 ? capacity : long.MaxValue / 4;

    private IEnumerable<DayVehicle> Available(EditReading edits)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var shift in _input.Shifts.Where(s => s.Day == _input.Day))
        {
            if (_input.Network.FindVehicle(shift.VehicleId) is not { } vehicle || edits.RemovedVehicles.Contains(vehicle.Id)) continue;
            if (!IsUsable(vehicle)) continue;
            if (!used.Add(vehicle.Id))
            {
                Notes.Add($"Vehicle {vehicle.Plate} has more than one shift on {_input.Day:yyyy-MM-dd}; only the first is planned.");
                continue;
            }

            yield return new DayVehicle(vehicle, shift, _input.Network.FindCourier(shift.CourierId));
        }

        foreach (var id in edits.AddedVehicles)
        {
            if (_input.Network.FindVehicle(id) is { } vehicle && IsUsable(vehicle) && used.Add(vehicle.Id)) yield return new DayVehicle(vehicle, null, null);
        }
    }

    private bool IsUsable(Vehicle vehicle)
    {
        if (!vehicle.IsActive) return false;
        if (Hubs.Any(h => string.Equals(h.Id, vehicle.HomeHubId, StringComparison.Ordinal))) return true;
        Notes.Add($"Vehicle {vehicle.Plate} has no active home hub and is not planned.");
        return false;
    }
}
