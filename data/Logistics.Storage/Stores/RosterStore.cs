using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>The weeks' rosters and what they start from.</summary>
public sealed class RosterStore(AuditStore audit, ShiftStore shifts)
{
    private static readonly string[] SetupColumns = ["area_id", "doc"];

    /// <summary>The area's setup; the defaults before the first change.</summary>
    public async Task<RosterSetup> GetSetupAsync(Db db, string areaId) =>
        await db.FindAsync("select doc from roster_setup where area_id = @area", r => r.Json<RosterSetup>("doc"), ("area", areaId)) ?? new RosterSetup(areaId);

    public async Task SaveSetupAsync(Db db, RosterSetup setup, Actor actor)
    {
        var before = await GetSetupAsync(db, setup.AreaId);
        await db.ExecuteManyAsync(
            Db.InsertText("roster_setup", SetupColumns) + " on conflict (area_id) do update set doc = excluded.doc", SetupColumns, [[setup.AreaId, DomainJson.Write(setup)]]);
        await audit.WriteAsync(db, actor, "roster.setup", "roster", setup.AreaId, before, setup);
    }

    /// <summary>The week, or an empty one of revision 0 that was never saved.</summary>
    public async Task<RosterWeek> GetAsync(Db db, string areaId, DateOnly firstDay) =>
        await db.FindAsync(
            "select doc from roster_week where area_id = @area and first_day = @day", r => r.Json<RosterWeek>("doc"), ("area", areaId), ("day", firstDay))
        ?? new RosterWeek(areaId, firstDay, 0);

    /// <summary>Saves a change of the week's revision <see cref="RosterWeek.Revision"/> as the next one.</summary>
    /// <param name="action">What was done, for the audit, such as "roster.edit".</param>
    /// <returns>The saved week; null if somebody else changed it meanwhile.</returns>
    public async Task<RosterWeek?> SaveAsync(Db db, RosterWeek week, string action, Actor actor)
    {
        var next = week with { Revision = week.Revision + 1 };
        var before = week.Revision == 0 ? null : Summary(await GetAsync(db, week.AreaId, week.FirstDay));
        var written = week.Revision == 0
            ? await db.ExecuteAsync(
                "insert into roster_week (area_id, first_day, revision, doc) values (@area, @day, @next, @doc) on conflict (area_id, first_day) do nothing",
                ("area", week.AreaId), ("day", week.FirstDay), ("next", next.Revision), ("doc", DomainJson.Write(next)))
            : await db.ExecuteAsync(
                "update roster_week set revision = @next, doc = @doc where area_id = @area and first_day = @day and revision = @seen",
                ("area", week.AreaId), ("day", week.FirstDay), ("next", next.Revision), ("doc", DomainJson.Write(next)), ("seen", week.Revision));
        if (written == 0) return null;
        await audit.WriteAsync(db, actor, action, "roster", Name(week), before, Summary(next));
        return next;
    }

    /// <summary>Puts the roster's shifts in the place of those that its days have, from <paramref name="from"/> on; in one transaction with the week's new state.</summary>
    /// <returns>The published week; null if somebody else changed it meanwhile.</returns>
    public async Task<RosterWeek?> PublishAsync(Db db, RosterWeek week, DateOnly from, IReadOnlyList<Shift> published, Actor actor)
    {
        if (await SaveAsync(db, week, "roster.publish", actor) is not { } saved) return null;
        for (var i = 0; i < RosterWeek.Days; i++)
        {
            var day = week.FirstDay.AddDays(i);
            if (day >= from) await db.ExecuteAsync("delete from shift where area_id = @area and day = @day", ("area", week.AreaId), ("day", day));
        }

        await shifts.SaveAllAsync(db, published, actor);
        return saved;
    }

    private static string Name(RosterWeek week) => week.FirstDay.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static RosterSummary Summary(RosterWeek week) => new(week.Revision, week.Cells.Count(c => c.ShiftId is not null), week.Cells.Count(c => c.IsLocked), week.Wishes.Count, week.Solve?.Outcome);
}

/// <summary>What the audit trail says of a week; its cells would fill pages.</summary>
public sealed record RosterSummary(long Revision, int Duties, int Locks, int Wishes, string? Outcome);
