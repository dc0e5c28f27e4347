using Logistics.Domain;
using Logistics.Routing.Model;
using TimeWindow = Logistics.Domain.TimeWindow;

namespace Logistics.Planning.Days;

/// <summary>Collects one trip's visits into stops: consecutive visits at one place are one stop.</summary>
internal sealed class TripWriter(DayModel model, int number, RouteStep load)
{
    private readonly List<PlannedStop> _stops = [];
    private readonly List<PlannedTask> _tasks = [];
    private readonly List<string> _takenOver = [];
    private int _grams, _millilitres, _count;
    private int _place = -1;
    private PlannedStop? _open;

    public int Number => number;

    /// <summary>Stops begun so far.</summary>
    public int StopCount => _stops.Count + (_open is null ? 0 : 1);

    public void AddVisit(RouteStep step, RouteStep previous, int slackSeconds)
    {
        var parcel = model.Parcels[step.Job];
        var visits = model.Problem.Jobs[step.Job].Alternatives[step.Alternative].Visits;
        var visit = visits[step.Visit];
        var option = model.OptionOfAlternative[step.Job][step.Alternative];
        if (_open is null || _place != step.Place) Open(step, previous, visit);
        _open = _open! with
        {
            Depart = model.Clock.InstantOf(step.Departure),
            SlackSeconds = Math.Min(_open.SlackSeconds, slackSeconds),
        };
        // The first of two visits fetches from a vehicle that broke down; the second delivers.
        if (visits.Count == 2 && step.Visit == 0)
        {
            _takenOver.Add(parcel.Id);
            return;
        }

        _open = _open with
        {
            Window = Narrow(_open.Window, parcel.Options[option].Window),
        };
        _tasks.Add(new PlannedTask(parcel.Id, option, Compartment(step, visit), visit.HandlingSeconds) { Flow = parcel.Flow });
        if (parcel.Flow == ParcelFlow.Pickup || visits.Count == 2) return;
        _grams += parcel.WeightGrams;
        _millilitres += parcel.VolumeMillilitres;
        _count++;
    }

    public PlannedTrip Finish(RouteStep end, RouteStep previous)
    {
        Close();
        return new PlannedTrip(number, model.Clock.InstantOf(load.Start), model.Clock.InstantOf(load.Departure), model.Clock.InstantOf(end.Arrival))
        {
            Stops = _stops,
            LoadGrams = _grams,
            LoadMillilitres = _millilitres,
            LoadCount = _count,
            ReturnMetres = (int)(end.DistanceSoFar - previous.DistanceSoFar),
            ReturnSeconds = end.Arrival - previous.Departure,
        };
    }

    private void Open(RouteStep step, RouteStep previous, Visit visit)
    {
        Close();
        _place = step.Place;
        var place = model.Places[step.Place];
        _open = new PlannedStop(
            _stops.Count + 1, place.Kind == DayPlaceKind.Terminal ? place.Id : null, place.Location,
            model.Clock.InstantOf(step.Arrival), model.Clock.InstantOf(step.Start), model.Clock.InstantOf(step.Departure))
        {
            Name = place.Name,
            LegMetres = (int)(step.DistanceSoFar - previous.DistanceSoFar),
            LegSeconds = step.Arrival - previous.Departure,
            SetupSeconds = Math.Max(0, step.Departure - step.Start - visit.HandlingSeconds),
            SlackSeconds = int.MaxValue,
        };
    }

    private void Close()
    {
        if (_open is null) return;
        _stops.Add(_open with { Tasks = [.. _tasks], TakenOver = [.. _takenOver] });
        _tasks.Clear();
        _takenOver.Clear();
        _open = null;
    }

    private static SizeClass? Compartment(RouteStep step, Visit visit) =>
        visit.Uses.Count == 0 ? null : (SizeClass)(step.GivenClasses.Count > 0 ? step.GivenClasses[0] : visit.Uses[0].SizeClass);

    private static TimeWindow Narrow(TimeWindow? known, TimeWindow next) => known is { } k ? k.Intersect(next) : next;
}
