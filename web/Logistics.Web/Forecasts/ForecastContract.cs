using Logistics.Domain;

namespace Logistics.Web.Forecasts;

/// <param name="CreatedAt">When the model was trained.</param>
/// <param name="ForecastAt">When the rows were made; later than the training after a calendar change.</param>
public sealed record ForecastRunView(string Id, DateOnly Origin, int Horizon, DateTimeOffset CreatedAt, DateTimeOffset ForecastAt, ForecastReport Report);

/// <param name="Run">Null before the first training.</param>
/// <param name="Refused">Why a stored model cannot be used, e.g. another version; null when it can.</param>
public sealed record ForecastOverview(ForecastRunView? Run, TrainingView Training, string? Refused);

public sealed record DayValue(DateOnly Day, double Volume);

public sealed record DayQuantiles(DateOnly Day, double P10, double P50, double P90);

/// <param name="Kind">ordinary, holiday or makeUpWorkday.</param>
public sealed record CalendarMark(DateOnly Day, DayKind Kind, string? Name, string? Festival, string? Source);

/// <param name="Forecasts">Days after the origin.</param>
/// <param name="Past">What earlier runs said of days that have come since, one day ahead where there is one.</param>
public sealed record ForecastSeriesView(
    string? Terminal, string? Partner, SizeClass? Size, IReadOnlyList<DayValue> History, IReadOnlyList<DayQuantiles> Forecasts, IReadOnlyList<DayQuantiles> Past, IReadOnlyList<CalendarMark> Marks);

/// <param name="Group">What kind of fact it is: recent, weekday, level, spread, holiday, promotion, season, lastYear, lastPromotion, network, horizon.</param>
/// <param name="Parcels">Parcels it adds to or takes from the forecast.</param>
public sealed record DriverView(string Feature, string Group, double? Value, double Parcels);

public sealed record DriversView(DateOnly Day, double BaseParcels, IReadOnlyList<DriverView> Drivers);

/// <param name="Wape">Σ|came − P50| ÷ Σ came over the terminals' and partners' series of that day, forecast one to seven days ahead.</param>
/// <param name="BelowP90">Share of terminals at or below their P90.</param>
public sealed record AccuracyDay(DateOnly Day, int DaysAhead, double Actual, double P50, double P90, double Wape, double NaiveWape, double BelowP90);

/// <summary>Days to mark or clear.</summary>
/// <param name="Until">Last day, included; null = one day.</param>
/// <param name="Kind">Null or ordinary for a promotion alone.</param>
public sealed record CalendarChange(DateOnly From, DateOnly? Until, DayKind? Kind, string? Name, string? Festival, string? Source, string? Reason);

/// <param name="Before">Area P50 before the change; null without a forecast.</param>
public sealed record CalendarEffect(DateOnly Day, double? Before, double? After);

public sealed record CalendarChanged(IReadOnlyList<CalendarMark> Days, IReadOnlyList<CalendarEffect> Effect);

/// <param name="HoursAhead">Hours until the P90 occupancy first passes the threshold.</param>
/// <param name="Share">Highest P90 occupancy ÷ compartments in the days asked for.</param>
/// <param name="FreeNow">Compartments free now.</param>
public sealed record NearFullAlert(string TerminalId, string Name, string District, int Capacity, int FreeNow, int HoursAhead, DateTimeOffset At, double Share, double MeanShare);

/// <param name="PromisedP90">Free with 90 % certainty at the hour.</param>
/// <param name="Mean">Free on average.</param>
public sealed record FreeView(SizeClass Size, int Usable, IReadOnlyList<int> PromisedP90, IReadOnlyList<double> Mean);

/// <param name="Hours">Instants the columns stand for.</param>
public sealed record FreeCompartmentsView(string TerminalId, IReadOnlyList<DateTimeOffset> Hours, IReadOnlyList<FreeView> Sizes);
