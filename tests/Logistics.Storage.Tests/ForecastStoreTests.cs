using Logistics.Domain;

namespace Logistics.Storage.Tests;

public sealed class ForecastStoreTests(Databases databases)
{
    private static readonly DateOnly Origin = Samples.Day.AddDays(-1);

    private static ForecastRun Run(string id, DateOnly? origin = null, int minute = 0) => new(id, "are_1", origin ?? Origin, 2, Samples.Now.AddMinutes(minute), """{"note":"a"}""");

    private static ForecastSeries Series(string? terminal, string partner, SizeClass size, double p50) =>
        new(ForecastScope.Series, terminal, partner, size, [p50 / 2, p50 / 2], [p50, p50 + 1], [p50 * 2, p50 * 2 + 1]);

    private static readonly ForecastSeries[] Nodes =
    [
        new(ForecastScope.Area, null, null, null, [4, 4], [9, 12], [14, 18]),
        new(ForecastScope.Terminal, null, null, null, [1, 1], [3, 4], [6, 7]),
        new(ForecastScope.Terminal, "ter_1", null, null, [3, 3], [6, 8], [10, 12.5]),
        Series(null, "ptn_jd", SizeClass.S, 3),
        Series("ter_1", "ptn_jd", SizeClass.M, 2),
        Series("ter_1", "ptn_sf", SizeClass.XL, 4),
    ];

    [Theory, CombinatorialBackends]
    public async Task Forecast_of_the_newest_run_is_found_by_day_and_terminal(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var store = lab.Storage.Forecasts;
        Assert.Null(await lab.Storage.ReadAsync(db => store.FindNewestAsync(db, "are_1")));
        Assert.Empty(await lab.Storage.ReadAsync(db => store.ListDaysAsync(db, PartnerScope.Everyone, "are_1", Samples.Day, Samples.Day.AddDays(9))));

        await lab.Storage.WriteAsync(db => store.SaveAsync(db, Run("fct_1", Origin.AddDays(-1)), [1, 2], [Series("ter_1", "ptn_jd", SizeClass.S, 99)]));
        await lab.Storage.WriteAsync(db => store.SaveAsync(db, Run("fct_2", minute: 5), [3], Nodes));

        Assert.Equal(Run("fct_2", minute: 5), await lab.Storage.ReadAsync(db => store.FindNewestAsync(db, "are_1")));
        Assert.Equal([3], await lab.Storage.ReadAsync(db => store.FindModelAsync(db, "fct_2")));
        var days = await lab.Storage.ReadAsync(db => store.ListDaysAsync(db, PartnerScope.Everyone, "are_1", Samples.Day.AddDays(1), Samples.Day.AddDays(9)));
        Assert.Equal(
            [
                new VolumeForecast(Samples.Day.AddDays(1), null, "ptn_jd", SizeClass.S, 1.5, 4, 7),
                new VolumeForecast(Samples.Day.AddDays(1), "ter_1", "ptn_jd", SizeClass.M, 1, 3, 5),
                new VolumeForecast(Samples.Day.AddDays(1), "ter_1", "ptn_sf", SizeClass.XL, 2, 5, 9),
            ],
            days);
        var terminals = await lab.Storage.ReadAsync(db => store.ListTerminalDaysAsync(db, "are_1", Samples.Day, Samples.Day.AddDays(1)));
        Assert.Equal([new TerminalForecast(Samples.Day, null, 1, 3, 6), new TerminalForecast(Samples.Day, "ter_1", 3, 6, 10)], terminals);
    }

    [Theory, CombinatorialBackends]
    public async Task Partner_reads_only_its_own_forecast(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        await lab.Storage.WriteAsync(db => lab.Storage.Forecasts.SaveAsync(db, Run("fct_1"), [], Nodes));

        var own = await lab.Storage.ReadAsync(db => lab.Storage.Forecasts.ListDaysAsync(db, PartnerScope.Only("ptn_sf"), "are_1", Samples.Day, Samples.Day.AddDays(9)));

        Assert.Equal(["ptn_sf", "ptn_sf"], own.Select(d => d.PartnerId));
    }

    [Theory, CombinatorialBackends]
    public async Task New_calendar_replaces_the_forecasts_and_keeps_the_model(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var store = lab.Storage.Forecasts;
        await lab.Storage.WriteAsync(db => store.SaveAsync(db, Run("fct_1"), [7], Nodes));

        var changed = Run("fct_1") with { ReportJson = """{"note":"b"}""" };
        await lab.Storage.WriteAsync(db => store.ReplaceSeriesAsync(db, changed, [Series("ter_1", "ptn_jd", SizeClass.S, 8)]));

        var found = await lab.Storage.ReadAsync(async db => (await store.FindNewestAsync(db, "are_1"), await store.FindModelAsync(db, "fct_1"), await store.ListSeriesAsync(db, "fct_1", ForecastScope.Series)));
        Assert.Equal(changed, found.Item1);
        Assert.Equal([7], found.Item2);
        Assert.Equal([8, 9], Assert.Single(found.Item3).P50);
    }

    [Theory, CombinatorialBackends]
    public async Task Old_runs_go_and_the_newest_stay(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        for (var i = 1; i <= 4; i++)
        {
            var run = Run($"fct_{i}", minute: i);
            await lab.Storage.WriteAsync(db => lab.Storage.Forecasts.SaveAsync(db, run, [], Nodes));
        }

        Assert.Equal(2, await lab.Storage.WriteAsync(db => lab.Storage.Forecasts.PruneAsync(db, "are_1", 2)));

        Assert.Equal(["fct_4", "fct_3"], (await lab.Storage.ReadAsync(db => lab.Storage.Forecasts.ListRunsAsync(db, "are_1", 9))).Select(r => r.Id));
        Assert.Empty(await lab.Storage.ReadAsync(db => lab.Storage.Forecasts.ListSeriesAsync(db, "fct_1", ForecastScope.Area)));
    }

    [Theory, CombinatorialBackends]
    public async Task Stays_follow_from_the_custody_ledger(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var parcels = (await lab.ImportAsync(Samples.Draft(1), Samples.Draft(2))).Rows.Select(r => r.ParcelId!).ToList();
        var box = (await lab.Storage.ReadAsync(db => lab.Storage.Lockers.ListCompartmentsAsync(db, "are_1"))).First(c => c is { TerminalId: "ter_1", Size: SizeClass.M });
        var (deposit, collect) = (Samples.Now.AddHours(3), Samples.Now.AddHours(10));
        var vehicle = new Holder(HolderKind.Vehicle, "veh_1");
        CustodyEvent[] events =
        [
            new("e3", parcels[0], collect, new Holder(HolderKind.Compartment, box.Id), new Holder(HolderKind.Recipient, parcels[0]), "cou_1"),
            new("e1", parcels[0], Samples.Now, null, vehicle, "cou_1"),
            new("e2", parcels[0], deposit, vehicle, new Holder(HolderKind.Compartment, box.Id), "cou_1"),
            new("e4", parcels[1], deposit, vehicle, new Holder(HolderKind.Terminal, "ter_2"), "cou_1"),
        ];
        await lab.Storage.WriteAsync(db => lab.Storage.Custody.AppendAsync(db, events));

        var stays = await lab.Storage.ReadAsync(db => lab.Storage.Lockers.ListStaysAsync(db, "are_1", Samples.Day.AddDays(-1)));

        Assert.Equal([new TerminalStay("ter_1", deposit, collect), new TerminalStay("ter_2", deposit, null)], stays.OrderBy(s => s.TerminalId, StringComparer.Ordinal));
        Assert.Empty(await lab.Storage.ReadAsync(db => lab.Storage.Lockers.ListStaysAsync(db, "are_1", Samples.Day.AddDays(1))));
    }
}
