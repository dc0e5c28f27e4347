using System.Globalization;
using Logistics.Domain;
using Logistics.Web.Hosting;

namespace Logistics.Web.Network;

/// <summary>Local clock readings on the wire: "HH:mm"; weekdays 1 = Monday … 7 = Sunday.</summary>
public static class Clock
{
    private const int DayMinutes = 1440;

    public static string Text(int minute) => string.Create(CultureInfo.InvariantCulture, $"{(minute == DayMinutes ? 24 : minute / 60 % 24):00}:{minute % 60:00}");

    public static string Text(DateTimeOffset at, ServiceArea area) => TimeZoneInfo.ConvertTime(at, area.Zone()).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Adds a problem and answers null when the text is no clock reading.</summary>
    public static int? Read(string? text, string field, List<FieldProblem> problems)
    {
        if (text == "24:00") return DayMinutes;
        if (text is not null && TimeOnly.TryParseExact(text, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return (time.Hour * 60) + time.Minute;
        problems.Add(new FieldProblem(field, text, "format", $"{field} \"{text}\" must be a local time such as 09:30, at most 24:00."));
        return null;
    }

    /// <summary>A span whose end at or before its start runs into the next day.</summary>
    public static ClockSpan? ReadSpan(string? from, string? until, string fromField, string untilField, List<FieldProblem> problems)
    {
        var (start, end) = (Read(from, fromField, problems), Read(until, untilField, problems));
        if (start is null || end is null) return null;
        if (start == DayMinutes)
        {
            problems.Add(new FieldProblem(fromField, from, "range", $"{fromField} 24:00 is the end of a day; a span starts at 00:00 to 23:59."));
            return null;
        }
        return new ClockSpan(start.Value, end > start ? end.Value : end.Value + DayMinutes);
    }

    public static int Number(DayOfWeek day) => day == DayOfWeek.Sunday ? 7 : (int)day;

    public static DayOfWeek? ReadWeekday(int number, string field, List<FieldProblem> problems)
    {
        if (number is >= 1 and <= 7) return (DayOfWeek)(number % 7);
        problems.Add(new FieldProblem(field, number.ToString(CultureInfo.InvariantCulture), "range", $"{field} {number} must be 1 (Monday) to 7 (Sunday)."));
        return null;
    }

    public static IReadOnlyList<OpeningView> View(WeeklyHours hours) =>
        [.. Enumerable.Range(1, 7).SelectMany(n => hours.On((DayOfWeek)(n % 7)).Select(s => new OpeningView(n, Text(s.StartMinute), Text(s.EndMinute))))];

    /// <summary>Null means open round the clock; an empty list means closed.</summary>
    public static WeeklyHours ReadHours(IReadOnlyList<OpeningView>? opening, List<FieldProblem> problems)
    {
        if (opening is null) return WeeklyHours.Always;
        var days = new List<ClockSpan>[7];
        for (var i = 0; i < 7; i++) days[i] = [];
        for (var i = 0; i < opening.Count; i++)
        {
            var field = $"opening[{i}]";
            var weekday = ReadWeekday(opening[i].Weekday, $"{field}.weekday", problems);
            var span = ReadSpan(opening[i].OpenLocal, opening[i].CloseLocal, $"{field}.openLocal", $"{field}.closeLocal", problems);
            if (weekday is not null && span is not null) days[opening[i].Weekday - 1].Add(span.Value);
        }
        foreach (var day in days) day.Sort((a, b) => a.StartMinute.CompareTo(b.StartMinute));
        return new WeeklyHours { Monday = days[0], Tuesday = days[1], Wednesday = days[2], Thursday = days[3], Friday = days[4], Saturday = days[5], Sunday = days[6] };
    }
}
