using Logistics.Domain;
using Logistics.Routing.Checking;

namespace Logistics.Planning.Days;

/// <summary>Carries out edits on a plan's sequences as they stand, without solving.</summary>
/// <remarks>Edits that name something the plan does not have are reported and change nothing; constraints are not looked at here – the checker judges the outcome.</remarks>
internal sealed class EditApplier
{
    private readonly DayModel _model;
    private readonly DayPlan _base;
    private readonly SortedDictionary<int, List<List<BareStep>>> _routes;

    public EditApplier(DayModel model, DayPlan basePlan)
    {
        (_model, _base) = (model, basePlan);
        _routes = PlanReading.Read(model, basePlan);
    }

    public List<string> Problems { get; } = [];

    public IReadOnlyList<BareRoute> Routes => PlanReading.ToBareRoutes(_model, _routes);

    public void Apply(PlanEdit edit)
    {
        switch (edit)
        {
            case MoveParcels move:
                Move(move.ParcelIds, move.VehicleId, move.TripNumber, move.Position);
                break;
            case MoveStop move:
                MoveWholeStop(move);
                break;
            case ReverseTrip reverse:
                if (FindTrip(reverse.VehicleId, reverse.TripNumber) is { } trip) Reverse(trip);
                break;
            case LeaveOut leaveOut:
                foreach (var parcel in leaveOut.ParcelIds) Remove(parcel);
                break;
            case ChooseOption choose:
                Choose(choose);
                break;
            case LockParcel lockParcel:
                MoveToNearest(lockParcel.ParcelId, lockParcel.VehicleId);
                break;
            case ForbidParcelVehicle forbid:
                if (_model.IndexOfVehicle.TryGetValue(forbid.VehicleId, out var banned) && VehicleOf(forbid.ParcelId) == banned) Remove(forbid.ParcelId);
                break;
            case RemoveVehicle remove:
                if (_base.Routes.FirstOrDefault(r => string.Equals(r.VehicleId, remove.VehicleId, StringComparison.Ordinal)) is { } gone && _model.IndexOfVehicle.TryGetValue(gone.VehicleId, out var index))
                    _routes.Remove(index);
                break;
            default: // locks and added vehicles change nothing by themselves
                break;
        }
    }

    private void Move(IReadOnlyList<string> parcelIds, string vehicleId, int tripNumber, int position)
    {
        var moved = new List<BareStep>();
        foreach (var id in parcelIds)
        {
            if (!_model.JobOfParcel.TryGetValue(id, out var job))
            {
                Problems.Add($"Parcel {id} is not part of this day's problem and cannot be moved.");
                continue;
            }

            // A parcel that was left out comes in by its first option.
            moved.Add(Remove(id) ?? BareStep.VisitOf(job, 0, 0));
        }

        if (moved.Count > 0 && FindTrip(vehicleId, tripNumber, mayOpen: true) is { } trip) trip.InsertRange(IndexOfStop(trip, position), Ordered(moved));
    }

    private void MoveWholeStop(MoveStop move)
    {
        if (EditReading.FindStop(_base, move.FromVehicleId, move.FromTripNumber, move.FromSequence) is not { } stop)
        {
            Problems.Add($"Stop {move.FromSequence} of trip {move.FromTripNumber} does not exist on that vehicle.");
            return;
        }

        Move([.. stop.Tasks.Select(t => t.ParcelId)], move.ToVehicleId, move.ToTripNumber, move.ToPosition);
    }

    private void Choose(ChooseOption choose)
    {
        if (PlanReading.FindStep(_model, choose.ParcelId, choose.OptionIndex) is not { } step)
        {
            Problems.Add($"Option {choose.OptionIndex} of parcel {choose.ParcelId} is not legal today.");
            return;
        }

        if (VehicleOf(choose.ParcelId) is not { } vehicle) return;
        foreach (var trip in _routes[vehicle])
        {
            var at = trip.FindIndex(s => s.Job == step.Job);
            if (at < 0) continue;
            if (trip[at] == step) return;
            trip.RemoveAt(at);
            InsertNearest(trip, step, vehicle);
            return;
        }
    }

    private void MoveToNearest(string parcelId, string vehicleId)
    {
        if (!_model.IndexOfVehicle.TryGetValue(vehicleId, out var vehicle) || VehicleOf(parcelId) == vehicle) return;
        if (Remove(parcelId) is not { } step || FindTrip(vehicleId, 1, mayOpen: true) is not { } trip) return;
        InsertNearest(trip, step, vehicle);
    }

    /// <summary>Puts the step where it adds the fewest metres; beside a stop at the same place that is nought.</summary>
    private void InsertNearest(List<BareStep> trip, BareStep step, int vehicle)
    {
        var travel = _model.Problem.Profiles[_model.Problem.Vehicles[vehicle].Profile];
        int hub = _model.Problem.Depots[_model.Problem.Vehicles[vehicle].StartDepot!.Value].Place, place = PlaceOf(step);
        var best = (Added: long.MaxValue, At: 0);
        for (var i = 0; i <= trip.Count; i++)
        {
            int before = i == 0 ? hub : PlaceOf(trip[i - 1]), after = i == trip.Count ? hub : PlaceOf(trip[i]);
            var added = (long)travel.Distance(before, place) + travel.Distance(place, after) - travel.Distance(before, after);
            if (added < best.Added) best = (added, i);
        }

        trip.Insert(best.At, step);
    }

    private void Reverse(List<BareStep> trip)
    {
        // Stops turn round, the parcels within a stop keep their order.
        var stops = Stops(trip);
        stops.Reverse();
        var reversed = stops.SelectMany(s => s).ToList();
        trip.Clear();
        trip.AddRange(reversed);
    }

    private BareStep? Remove(string parcelId)
    {
        if (!_model.JobOfParcel.TryGetValue(parcelId, out var job)) return null;
        foreach (var trip in _routes.Values.SelectMany(t => t))
        {
            var at = trip.FindIndex(s => s.Job == job);
            if (at < 0) continue;
            var step = trip[at];
            trip.RemoveAt(at);
            return step;
        }

        return null;
    }

    private int? VehicleOf(string parcelId)
    {
        if (!_model.JobOfParcel.TryGetValue(parcelId, out var job)) return null;
        foreach (var (vehicle, trips) in _routes)
            if (trips.Any(t => t.Any(s => s.Job == job))) return vehicle;
        return null;
    }

    private List<BareStep>? FindTrip(string vehicleId, int number, bool mayOpen = false)
    {
        if (!_model.IndexOfVehicle.TryGetValue(vehicleId, out var vehicle))
        {
            Problems.Add($"Vehicle {_model.Input.Network.FindVehicle(vehicleId)?.Plate ?? vehicleId} is not on duty on {_model.Input.Day:yyyy-MM-dd}.");
            return null;
        }

        if (!_routes.TryGetValue(vehicle, out var trips)) _routes[vehicle] = trips = [];
        if (mayOpen && number == trips.Count + 1) trips.Add([]);
        if (number >= 1 && number <= trips.Count) return trips[number - 1];
        Problems.Add($"Trip {number} of vehicle {_model.Vehicles[vehicle].Vehicle.Plate} does not exist; it has {trips.Count}.");
        return null;
    }

    private int PlaceOf(BareStep step) => _model.Problem.Jobs[step.Job].Alternatives[step.Alternative].Visits[step.Visit].Place;

    private List<List<BareStep>> Stops(List<BareStep> trip)
    {
        var stops = new List<List<BareStep>>();
        foreach (var step in trip)
        {
            if (stops.Count > 0 && PlaceOf(stops[^1][0]) == PlaceOf(step)) stops[^1].Add(step);
            else stops.Add([step]);
        }

        return stops;
    }

    private int IndexOfStop(List<BareStep> trip, int position) => Stops(trip).Take(Math.Max(0, position)).Sum(s => s.Count);

    // Parcels of one place are kept together, so that they make one stop.
    private IEnumerable<BareStep> Ordered(List<BareStep> steps) => steps.GroupBy(PlaceOf).SelectMany(g => g);
}
