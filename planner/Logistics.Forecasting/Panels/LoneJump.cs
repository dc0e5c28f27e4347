using System.Globalization;

namespace Logistics.Forecasting.Panels;

/// <summary>Holds back a last day that no day before came near and no other series shares: one day proves no new level.</summary>
/// <remarks>
/// In two years real lines passed ten times their record 17 times; 16 times other lines of the same hub jumped that day, since parcels had been sent another way. A typing error or a batch counted
/// twice comes alone. The record stands in until a second day confirms the jump: only the panel's last day is looked at, so yesterday's is back once today's is like it.
/// </remarks>
internal static class LoneJump
{
    private const double Times = 10;
    private const double TimesInCompany = 3;
    private const int ShortestHistory = 56;

    /// <param name="series">All series of a panel; the one that jumped is replaced.</param>
    /// <param name="lastDate">The panel's last day.</param>
    public static void HoldBack(List<VolumeSeries> series, DateOnly lastDate, List<CleaningNote> notes)
    {
        var jumps = Enumerable.Range(0, series.Count).Where(i => HasJumped(series[i], TimesInCompany)).ToArray();
        if (jumps.Length != 1 || !HasJumped(series[jumps[0]], Times)) return;
        var alone = series[jumps[0]];
        var record = Record(alone);
        notes.Add(new CleaningNote(CleaningKind.LoneJump, alone.Id, 1, lastDate, string.Create(
            CultureInfo.InvariantCulture,
            $"{alone.Id}: {alone.Values[^1]:0.#} on the last day, over {Times:0} times the busiest day before and in no other series; that day's {record:0.#} stand in until another day confirms it.")));
        series[jumps[0]] = alone with { Values = [.. alone.Values[..^1], record], StandIns = alone.StandIns.Append(alone.EndDay - 1).ToHashSet() };
    }

    private static bool HasJumped(VolumeSeries series, double times) => series.Values.Length > ShortestHistory && Record(series) is > 0 and var record && series.Values[^1] > times * record;

    private static double Record(VolumeSeries series) => series.Values.SkipLast(1).Max();
}
