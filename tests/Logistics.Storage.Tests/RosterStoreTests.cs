using Logistics.Domain;

namespace Logistics.Storage.Tests;

public sealed class RosterStoreTests(Databases databases)
{
    private static readonly RosterWeek Week = new("are_1", Samples.Day, 0)
    {
        Cells = [new("cou_1", 0, "early", "veh_1", true), new("cou_1", 6, null, null, true)],
        Wishes = [new("cou_1", 2, CourierWishKind.Avoid, "late", 5)],
        Solve = new(Samples.Now, "usr_admin", "optimal", "", 30, 30, 12.5, 12.5, 4.2),
    };

    [Theory, CombinatorialBackends]
    public async Task Week_is_read_back_and_a_change_of_an_old_revision_is_refused(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var store = lab.Storage.Rosters;
        Assert.Equal(0, (await lab.Storage.ReadAsync(db => store.GetAsync(db, "are_1", Samples.Day))).Revision);

        var saved = await lab.Storage.WriteAsync(db => store.SaveAsync(db, Week, "roster.edit", Samples.Admin));
        var next = await lab.Storage.WriteAsync(db => store.SaveAsync(db, saved! with { Wishes = [] }, "roster.edit", Samples.Admin));
        var late = await lab.Storage.WriteAsync(db => store.SaveAsync(db, saved!, "roster.edit", Samples.Admin));
        var first = await lab.Storage.WriteAsync(db => store.SaveAsync(db, Week, "roster.edit", Samples.Admin));
        var read = await lab.Storage.ReadAsync(db => store.GetAsync(db, "are_1", Samples.Day));

        Assert.Equal((1L, 2L), (saved!.Revision, next!.Revision));
        Assert.Null(late);
        Assert.Null(first);
        Assert.Equal(Week.Cells, read.Cells);
        Assert.Equal(Week.Solve, read.Solve);
        Assert.Empty(read.Wishes);
    }

    [Theory, CombinatorialBackends]
    public async Task Publishing_replaces_the_shifts_of_coming_days_only(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var storage = lab.Storage;
        await storage.WriteAsync(db => storage.Shifts.SaveAllAsync(db, [Shift("shf_past", 0), Shift("shf_old", 1), Shift("shf_after", 7)], Samples.Admin));

        await storage.WriteAsync(db => storage.Rosters.PublishAsync(db, Week, Samples.Day.AddDays(1), [Shift("shf_new", 1)], Samples.Admin));

        var ids = new List<string>();
        for (var day = 0; day <= 7; day++) ids.AddRange((await storage.ReadAsync(db => storage.Shifts.ListAsync(db, "are_1", Samples.Day.AddDays(day)))).Select(s => s.Id));
        Assert.Equal(["shf_past", "shf_new", "shf_after"], ids);
        var entry = Assert.Single(await storage.ReadAsync(db => storage.Audit.ListAsync(db, PartnerScope.Everyone, new AuditFilter { ObjectKind = "roster" })));
        Assert.Equal(("roster.publish", "2026-06-01"), (entry.Action, entry.ObjectId));
    }

    [Theory, CombinatorialBackends]
    public async Task Setup_is_the_default_until_it_is_changed(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        var store = lab.Storage.Rosters;
        var before = await lab.Storage.ReadAsync(db => store.GetSetupAsync(db, "are_1"));

        await lab.Storage.WriteAsync(db => store.SaveSetupAsync(db, before with { ParcelsPerCourierHour = 21, Rules = new LabourRules { MinDaysOff = 2 } }, Samples.Admin));
        var after = await lab.Storage.ReadAsync(db => store.GetSetupAsync(db, "are_1"));

        Assert.Equal(ShiftTemplate.Defaults, before.Shifts);
        Assert.Equal((21.0, 2), (after.ParcelsPerCourierHour, after.Rules.MinDaysOff));
    }

    private static Shift Shift(string id, int day) =>
        new(id, "are_1", Samples.Day.AddDays(day), "cou_1", "veh_1", Samples.Now.AddDays(day), Samples.Now.AddDays(day).AddHours(8));
}
