namespace Logistics.Domain;

/// <summary>A half-open span of instants, [<paramref name="Start"/>, <paramref name="End"/>), UTC.</summary>
public readonly record struct TimeWindow(DateTimeOffset Start, DateTimeOffset End)
{
    public bool IsEmpty() => End <= Start;

    public bool Contains(DateTimeOffset at) => at >= Start && at < End;

    public bool Overlaps(TimeWindow other) => Start < other.End && other.Start < End;

    public TimeWindow Intersect(TimeWindow other) => new(Start > other.Start ? Start : other.Start, End < other.End ? End : other.End);
}

/// <summary>A half-open span of local clock time, in minutes since midnight of the day it starts on.</summary>
/// <param name="StartMinute">[0, 1440).</param>
/// <param name="EndMinute">(StartMinute, StartMinute + 1440]; above 1440 the span runs into the next day (22:00–06:00 is 1320–1800).</param>
public readonly record struct ClockSpan(int StartMinute, int EndMinute)
{
    public static ClockSpan AllDay => new(0, 1440);

    public static ClockSpan FromHours(double start, double end) => new((int)Math.Round(start * 60), (int)Math.Round(end * 60));

    public bool IsValid() => StartMinute is >= 0 and < 1440 && EndMinute > StartMinute && EndMinute <= StartMinute + 1440;

    public override string ToString() =>
        FormattableString.Invariant($"{StartMinute / 60:00}:{StartMinute % 60:00}–{EndMinute / 60 % 24:00}:{EndMinute % 60:00}{(EndMinute > 1440 ? "+1" : "")}");
}

/// <summary>Local hours for each weekday; several spans a day (a lunch break) or none (closed).</summary>
public sealed record WeeklyHours
{
    public IReadOnlyList<ClockSpan> Monday { get; init; } = [];
    public IReadOnlyList<ClockSpan> Tuesday { get; init; } = [];
    public IReadOnlyList<ClockSpan> Wednesday { get; init; } = [];
    public IReadOnlyList<ClockSpan> Thursday { get; init; } = [];
    public IReadOnlyList<ClockSpan> Friday { get; init; } = [];
    public IReadOnlyList<ClockSpan> Saturday { get; init; } = [];
    public IReadOnlyList<ClockSpan> Sunday { get; init; } = [];

    /// <summary>Open round the clock, as most lockers are.</summary>
    public static WeeklyHours Always { get; } = EveryDay(ClockSpan.AllDay);

    public static WeeklyHours EveryDay(params IReadOnlyList<ClockSpan> spans) => new()
    {
        Monday = spans,
        Tuesday = spans,
        Wednesday = spans,
        Thursday = spans,
        Friday = spans,
        Saturday = spans,
        Sunday = spans,
    };

    public IReadOnlyList<ClockSpan> On(DayOfWeek day) => day switch
    {
        DayOfWeek.Monday => Monday,
        DayOfWeek.Tuesday => Tuesday,
        DayOfWeek.Wednesday => Wednesday,
        DayOfWeek.Thursday => Thursday,
        DayOfWeek.Friday => Friday,
        DayOfWeek.Saturday => Saturday,
        _ => Sunday,
    };
}
