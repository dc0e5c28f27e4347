using Logistics.Domain;
using Logistics.Forecasting;
using Logistics.Forecasting.Dwell;
using Logistics.Planning.Days;
using Logistics.Planning.Demo;
using Logistics.Planning.Forecasts;
using Logistics.Planning.Travel;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary>A plan under one way of reserving, and how it fared.</summary>
internal sealed record ReserveRow(string Policy, int Vehicles, int Assigned, int Unassigned, ArrivalOutcome Outcome);

/// <summary>One demo day planned with the same vehicles under each way of reserving compartments.</summary>
/// <remarks>
/// Planning happens at dawn. A share of the parcels is not known yet: the forecast, trained on the city's history, stands for them, and in the simulation they
/// really come, to their first terminal, at random hours of the working day. Parcels lying in lockers leave by the dwell curve.
/// </remarks>
internal sealed class ReserveStudy
{
    private const int DawnMinute = 5 * 60;
    private const int PromiseMinute = 12 * 60;
    private const int LateFromMinute = 9 * 60;
    private const int LateUntilMinute = 18 * 60;

    private readonly DemoData _city;
    private readonly double _lateShare;
    private readonly List<Parcel> _known = [];
    private readonly List<LateParcel> _late = [];
    private readonly List<Compartment> _compartments;
    private readonly DateTimeOffset _dawn;

    /// <param name="lateShare">In [0, 0.5].</param>
    /// <param name="fill">Least share of each locker's boxes that are occupied at dawn, in [0, 0.95].</param>
    /// <exception cref="ArgumentException">A share is out of range.</exception>
    public ReserveStudy(int parcels, int seed, double lateShare, double fill)
    {
        if (lateShare is not (>= 0 and <= 0.5)) throw new ArgumentException($"--late {lateShare} must be in [0, 0.5].", nameof(lateShare));
        if (fill is not (>= 0 and <= 0.95)) throw new ArgumentException($"--fill {fill} must be in [0, 0.95].", nameof(fill));
        _lateShare = lateShare;
        _city = DemoCity.Generate(new DemoOptions { Day = new DateOnly(2026, 11, 25), Seed = seed, Parcels = parcels });
        _dawn = _city.Network.Area.InstantOf(_city.Options.Day, DawnMinute);
        var random = new Random(seed);
        foreach (var parcel in _city.Parcels)
        {
            var terminal = parcel.Options.FirstOrDefault(o => o.Kind == DeliveryKind.Terminal)?.TerminalId;
            if (terminal is not null && random.NextDouble() < lateShare)
                _late.Add(new LateParcel(terminal, parcel.Size, _city.Network.Area.InstantOf(_city.Options.Day, random.Next(LateFromMinute, LateUntilMinute))));
            else
                _known.Add(parcel);
        }

        _compartments = [.. _city.Compartments.GroupBy(c => c.TerminalId, StringComparer.Ordinal).SelectMany(g => Fill([.. g], fill, random))];
    }

    public async Task<IReadOnlyList<ReserveRow>> RunAsync(double seconds, int days, CancellationToken cancellation)
    {
        var area = _city.Network.Area;
        var dwell = new DwellModel([]);
        var outlook = new CompartmentOutlook(dwell);
        var deposits = ForecastLate(cancellation);
        var promiseAt = area.InstantOf(_city.Options.Day, PromiseMinute);
        var rows = new List<ReserveRow>();
        foreach (var (name, taken) in new[]
        {
            ("by the mean", outlook.Taken(_compartments, area, _dawn, promiseAt, deposits, ReservePolicy.Mean)),
            ("by P90", outlook.Taken(_compartments, area, _dawn, promiseAt, deposits, ReservePolicy.P90)),
            ("nothing leaves", DayInput.CountTaken(_compartments)),
        })
        {
            var time = TimeProvider.System;
            var planner = new DayPlanner(GreatCircleTimes.Beijing, new TravelCache(), time);
            var ids = new IdFactory(time, _city.Options.Seed);
            var model = await planner.BuildAsync(new DayInput { Network = _city.Network, Day = _city.Options.Day, Parcels = _known, Shifts = _city.Shifts, TakenByTerminal = taken }, cancellation);
            var plan = planner.Solve(
                model, new SolveSettings { Seconds = seconds, Seed = _city.Options.Seed }, new PlanHeader(ids.New(IdPrefix.Plan), 1, name, "reserve"), ids, null, cancellation).DayPlan;
            var outcome = ArrivalSimulation.Run(plan, _compartments, area, dwell, _dawn, _late, days, _city.Options.Seed);
            rows.Add(new ReserveRow(name, plan.Routes.Count, plan.CountParcels(), plan.Unassigned.Count, outcome));
        }

        return rows;
    }

    // What the forecast expects of a terminal and size today, and the part of it that is not known at dawn.
    private Dictionary<(string, SizeClass), (double, double)> ForecastLate(CancellationToken cancellation)
    {
        if (_lateShare <= 0 || ForecastHistory.Clean(_city.History, _city.Options.Day.AddDays(-1)) is not { } cleaned) return [];
        var calendar = ForecastCalendar.Of(_city.Network.Calendar);
        var model = ForecastMaker.Train(_city.Network.Area.Id, cleaned.Panel, calendar, ForecastMaker.Quick with { Horizon = 7 }, null, cancellation);
        return ForecastMaker.Predict(_city.Network.Area.Id, model, cleaned.Panel, calendar, cancellation)
            .Where(s => s.Scope == ForecastScope.Series && s.TerminalId is not null).GroupBy(s => (s.TerminalId!, s.Size!.Value))
            .ToDictionary(g => g.Key, g =>
            {
                var (expected, spread) = (g.Sum(s => s.P50[0]), Math.Sqrt(g.Sum(s => (s.P90[0] - s.P50[0]) * (s.P90[0] - s.P50[0]))));
                return (_lateShare * expected, _lateShare * (expected + spread));
            });
    }

    // More parcels of the days before, until the locker is as full as asked for.
    private List<Compartment> Fill(List<Compartment> boxes, double fill, Random random)
    {
        for (var i = 0; i < boxes.Count; i++)
        {
            if (boxes[i] is { Use: CompartmentUse.Free, Service: CompartmentService.InService } && random.NextDouble() < fill)
                boxes[i] = boxes[i] with { Use = CompartmentUse.Occupied, Since = _dawn.AddHours(-random.Next(8, 20)) };
        }

        return boxes;
    }
}
