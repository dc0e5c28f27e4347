using System.Diagnostics;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using Logistics.Web.Network;
using Logistics.Web.Orders;
using Work = Logistics.Web.Schedule.IntakeCutOff;

namespace Logistics.Web.Imports;

/// <summary>Previews and commits uploaded order files.</summary>
public sealed class ImportService(LogisticsStorage storage, NetworkCache cache, LiveFeed feed, TimeProvider time)
{
    /// <summary>What one transaction takes; a larger file is refused with the advice to split it.</summary>
    public const int MostRows = 50_000;
    private const int PreviewRows = 20, MostProblems = 300;

    /// <summary>Tries the whole file without keeping anything: the counts and problems are those the commit would have now.</summary>
    public async Task<ImportPreview> PreviewAsync(Upload upload, CancellationToken cancellationToken)
    {
        var head = ImportFile.ReadHead(upload.Path, upload.Shape, PreviewRows);
        var (outcome, habits) = await TryAsync(upload, cancellationToken);
        var problems = outcome.Rows.SelectMany(r => r.Problems.Select(p => WireNames.Problem(p, r.RowNumber))).Take(MostProblems).ToList();
        return new ImportPreview(
            upload.Id, upload.FileName, upload.Shape.EncodingName, upload.Shape.Delimiter.ToString(), upload.Headers, upload.Mapping,
            [.. OrderColumns.All.Select(c => new ImportField(c.Name, c.LabelZh, c.LabelEn, c.IsRequired))], OrderColumns.Missing(upload.Mapping, upload.PartnerId is not null, head.Select(r => Cell(upload, r, OrderColumns.Lon))),
            habits.Units, habits.Notes, head, outcome.Batch.Rows, problems, outcome.Rows.Sum(r => r.Problems.Count),
            outcome.Batch.Accepted, outcome.Batch.Revised, outcome.Batch.Quarantined, outcome.Batch.Unchanged, outcome.Batch.Refused);
    }

    private static string? Cell(Upload upload, IReadOnlyList<string> record, string column) =>
        upload.Mapping.GetValueOrDefault(column) is { } header && upload.Headers.ToList().IndexOf(header) is >= 0 and var index && index < record.Count ? record[index] : null;

    /// <summary>Imports the file in one transaction: all rows are accounted for, or none is.</summary>
    public async Task<ImportReport> CommitAsync(Upload upload, Caller caller, HttpContext context, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var network = await cache.GetAsync(cancellationToken);
        var (incoming, _) = await ReadRowsAsync(upload, network, cancellationToken);
        var outcome = await storage.WriteAsync(
            db => storage.Imports.ImportAsync(db, Scope(upload), network, incoming, ImportSource.Csv, upload.FileName, caller.ToActor(null, context)), cancellationToken);
        File.Delete(upload.Path);
        feed.Publish(new LiveEvent("board", new OrdersChanged(null, outcome.Batch.Rows), upload.OwnerPartnerId));
        return ImportReport.Of(outcome.Batch, caller.Name) with { Seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3) };
    }

    private async Task<(ImportOutcome Outcome, FileHabits Habits)> TryAsync(Upload upload, CancellationToken cancellationToken)
    {
        var network = await cache.GetAsync(cancellationToken);
        var (incoming, habits) = await ReadRowsAsync(upload, network, cancellationToken);
        try
        {
            await storage.WriteAsync(async db =>
                throw new DryRun(await storage.Imports.ImportAsync(db, Scope(upload), network, incoming, ImportSource.Csv, upload.FileName, Actor.System("preview"))), cancellationToken);
            throw new UnreachableException();
        }
        catch (DryRun tried)
        {
            return (tried.Outcome, habits);
        }
    }

    private async Task<(List<IncomingOrder> Orders, FileHabits Habits)> ReadRowsAsync(Upload upload, NetworkSnapshot network, CancellationToken cancellationToken)
    {
        var openDay = await storage.ReadAsync(db => Work.OpenDayAsync(db, storage, network.Area, time.GetUtcNow()), cancellationToken);
        var rows = ImportFile.ReadRows(upload.Path, upload.Shape, upload.Mapping).Take(MostRows + 1).ToList();
        if (rows.Count > MostRows) throw new InvalidDataException($"The file has more than {MostRows} rows. Split it and upload the parts; the same order twice does no harm.");
        var asides = rows.FindAll(r => r.IsAside);
        rows.RemoveAll(r => r.IsAside);
        var habits = new FileHabits(upload, rows, asides, network.FindPartner(upload.PartnerId)?.Code, network.Area.DayOf(upload.At));
        var fields = new OrderFields(network.Area, openDay);
        return (rows.ConvertAll(row => OrderIntake.Incoming(row.Number, WithSurplus(fields.Read(habits.Complete(row)), row, upload.Headers.Count))), habits);
    }

    /// <summary>Cells beyond the headers mean that something in the row has slipped, so none of it can be trusted.</summary>
    private static DraftReading WithSurplus(DraftReading reading, ImportRow row, int headers) => row.Surplus.Count == 0 ? reading : reading with
    {
        Problems = [.. reading.Problems, new FieldProblem("row", row.Surplus[0], "row.cells", $"The row has more cells than the {headers} headers; \"{row.Surplus[0]}\" is one too many. Maybe a text that holds the delimiter is not in quotes.")],
    };

    private static PartnerScope Scope(Upload upload) => upload.OwnerPartnerId is { } partner ? PartnerScope.Only(partner) : PartnerScope.Everyone;

    /// <summary>Rolls the trial transaction back and carries its outcome out.</summary>
    private sealed class DryRun(ImportOutcome outcome) : Exception
    {
        public ImportOutcome Outcome { get; } = outcome;
    }
}
