using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Tests.Panels;

public sealed class PanelCleanerTests
{
    private static readonly DateOnly Day0 = new(2024, 3, 4);

    [Fact]
    public void Gap_counts_as_zero_and_is_named()
    {
        var cleaned = PanelCleaner.Clean([Row(0, 5), Row(3, 7)]);
        Assert.Equal([5, 0, 0, 7], cleaned.Panel.Series[0].Values);
        Assert.Equal(2, Note(cleaned, CleaningKind.Gap).Count);
        Assert.Equal(Day0.AddDays(1), Note(cleaned, CleaningKind.Gap).First);
    }

    [Fact]
    public void Gap_by_the_other_rule_repeats_the_week_before()
    {
        var rows = Enumerable.Range(0, 14).Where(d => d != 9).Select(d => Row(d, d + 1));
        var cleaned = PanelCleaner.Clean(rows, gapRule: GapRule.CarrySameWeekday);
        Assert.Equal(3, cleaned.Panel.Series[0].Values[9]);
    }

    [Fact]
    public void Last_of_several_rows_for_a_day_is_used()
    {
        var cleaned = PanelCleaner.Clean([Row(0, 5), Row(0, 8), Row(1, 1)]);
        Assert.Equal([8, 1], cleaned.Panel.Series[0].Values);
        Assert.Equal(1, Note(cleaned, CleaningKind.Duplicate).Count);
    }

    [Fact]
    public void Negative_counts_as_zero()
    {
        var cleaned = PanelCleaner.Clean([Row(0, 5), Row(1, -3)]);
        Assert.Equal([5, 0], cleaned.Panel.Series[0].Values);
        Assert.Equal(1, Note(cleaned, CleaningKind.Negative).Count);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Not_a_number_is_replaced_by_the_week_before(double volume)
    {
        var cleaned = PanelCleaner.Clean(Enumerable.Range(0, 10).Select(d => Row(d, d == 8 ? volume : 10 + d)));
        Assert.Equal(11, cleaned.Panel.Series[0].Values[8]);
        Assert.Equal(1, Note(cleaned, CleaningKind.NotANumber).Count);
    }

    [Fact]
    public void Lone_value_beyond_belief_is_removed_but_a_peak_with_neighbours_stays()
    {
        var cleaned = PanelCleaner.Clean(Enumerable.Range(0, 60).Select(d => Row(d, d == 40 ? 1e9 : d is >= 50 and <= 52 ? 900 : 20)));
        Assert.Equal(20, cleaned.Panel.Series[0].Values[40]);
        Assert.Equal(900, cleaned.Panel.Series[0].Values[51]);
        Assert.Equal(1, Note(cleaned, CleaningKind.Absurd).Count);
    }

    [Theory]
    [InlineData(0, 0, 30)]
    [InlineData(900, 0, 900)]
    [InlineData(0, 100, 900)]
    public void Lone_jump_of_the_last_day_is_held_back_until_a_day_or_a_neighbour_confirms_it(double dayBefore, double neighbour, double expected)
    {
        // Ten a day, thirty at most; then 900.
        var rows = Enumerable.Range(0, 100).Select(d => Row(d, d == 99 ? 900 : d == 98 && dayBefore > 0 ? dayBefore : d == 50 ? 30 : 10))
            .Concat(Enumerable.Range(0, 100).Select(d => new Observation("b", Day0.AddDays(d), d == 99 && neighbour > 0 ? neighbour : 10)));
        var cleaned = PanelCleaner.Clean(rows);
        Assert.Equal(expected, cleaned.Panel.Series[0].Values[^1]);
        Assert.Equal(expected < 900, cleaned.Notes.Any(n => n.Kind == CleaningKind.LoneJump));
    }

    [Fact]
    public void Closed_terminal_is_named_and_a_sparse_one_is_not()
    {
        Assert.Equal(40, PanelInspector.ClosedDays([.. Enumerable.Repeat(9.0, 100), .. Enumerable.Repeat(0.0, 40)]));
        // Silent for 40 days before as well: this is how the series is.
        Assert.Equal(0, PanelInspector.ClosedDays([9, .. Enumerable.Repeat(0.0, 40), 9, .. Enumerable.Repeat(0.0, 40)]));
    }

    [Theory]
    [InlineData(60, 9, 0)]
    [InlineData(60, 10, 10)]
    [InlineData(5, 12, 0)]
    public void Daily_terminal_is_closed_when_silent_for_longer_than_a_holiday(int days, int silence, int closed) =>
        Assert.Equal(closed, PanelInspector.ClosedDays([.. Enumerable.Repeat(9.0, days), .. Enumerable.Repeat(0.0, silence)]));

    [Fact]
    public void Short_empty_and_moved_series_are_named()
    {
        List<Observation> rows = [.. Enumerable.Range(0, 100).Select(d => new Observation("moved", Day0.AddDays(d), d < 86 ? 10 : 50))];
        rows.AddRange(Enumerable.Range(0, 100).Select(d => new Observation("empty", Day0.AddDays(d), 0)));
        rows.Add(new Observation("new", Day0.AddDays(99), 4));
        var cleaned = PanelCleaner.Clean(rows);
        Assert.Equal("moved", Note(cleaned, CleaningKind.LevelShift).SeriesId);
        Assert.Equal("empty", Note(cleaned, CleaningKind.AllZero).SeriesId);
        Assert.Equal("new", Note(cleaned, CleaningKind.JustOpened).SeriesId);
    }

    [Fact]
    public void Lockdown_month_is_named_with_its_days()
    {
        var cleaned = PanelCleaner.Clean(Enumerable.Range(0, 200).Select(d => Row(d, d is >= 100 and < 130 ? 2 : 50)));
        var note = Note(cleaned, CleaningKind.Lockdown);
        Assert.Equal(30, note.Count);
        Assert.Equal(Day0.AddDays(100), note.First);
    }

    [Fact]
    public void Rows_after_the_last_day_are_ignored()
    {
        var cleaned = PanelCleaner.Clean([Row(0, 5), Row(1, 6), Row(2, 1e12)], Day0.AddDays(1));
        Assert.Equal([5, 6], cleaned.Panel.Series[0].Values);
    }

    private static Observation Row(int day, double volume) => new("a", Day0.AddDays(day), volume);

    private static CleaningNote Note(CleanedPanel cleaned, CleaningKind kind) => Assert.Single(cleaned.Notes, n => n.Kind == kind);
}
