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
        var outcome = await TryAsync(upload, cancellationToken);
        var problems = outcome.Rows.SelectMany(r => r.Problems.Select(p => WireNames.Problem(p, r.RowNumber))).Take(MostProblems).ToList();
        return new ImportPreview(
            upload.Id, upload.FileName, upload.Shape.EncodingName, upload.Shape.Delimiter.ToString(), upload.Headers, upload.Mapping,
            [.. OrderColumns.All.Select(c => new ImportField(c.Name, c.LabelZh, c.LabelEn, c.IsRequired))], head, outcome.Batch.Rows, problems,
            outcome.Batch.Accepted, outcome.Batch.Revised, outcome.Batch.Quarantined, outcome.Batch.Unchanged, outcome.Batch.Refused);
    }

    /// <summary>Imports the file in one transaction: all rows are accounted for, or none is.</summary>
    public async Task<ImportReport> CommitAsync(Upload upload, Caller caller, HttpContext context, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var network = await cache.GetAsync(cancellationToken);
        var incoming = await ReadRowsAsync(upload, network, cancellationToken);
        var outcome = await storage.WriteAsync(
            db => storage.Imports.ImportAsync(db, Scope(upload), network, incoming, ImportSource.Csv, upload.FileName, caller.ToActor(null, context)), cancellationToken);
        File.Delete(upload.Path);
        feed.Publish(new LiveEvent("board", new OrdersChanged(null, outcome.Batch.Rows), upload.OwnerPartnerId));
        return ImportReport.Of(outcome.Batch, caller.Name) with { Seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3) };
    }

    private async Task<ImportOutcome> TryAsync(Upload upload, CancellationToken cancellationToken)
    {
        var network = await cache.GetAsync(cancellationToken);
        var incoming = await ReadRowsAsync(upload, network, cancellationToken);
        try
        {
            await storage.WriteAsync(async db =>
                throw new DryRun(await storage.Imports.ImportAsync(db, Scope(upload), network, incoming, ImportSource.Csv, upload.FileName, Actor.System("preview"))), cancellationToken);
            throw new UnreachableException();
        }
        catch (DryRun tried)
        {
            return tried.Outcome;
        }
    }

    private async Task<List<IncomingOrder>> ReadRowsAsync(Upload upload, NetworkSnapshot network, CancellationToken cancellationToken)
    {
        var openDay = await storage.ReadAsync(db => Work.OpenDayAsync(db, storage, network.Area, time.GetUtcNow()), cancellationToken);
        var fields = new OrderFields(network.Area, openDay);
        var units = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, header) in upload.Mapping)
        {
            if (column is OrderColumns.Weight or OrderColumns.Volume or OrderColumns.Dimensions && header is not null && HeaderMatcher.UnitOf(header) is { } unit) units[column] = unit;
        }
        var partner = network.FindPartner(upload.PartnerId)?.Code;
        var rows = new List<IncomingOrder>();
        foreach (var row in ImportFile.ReadRows(upload.Path, upload.Shape, upload.Mapping))
        {
            if (rows.Count == MostRows) throw new InvalidDataException($"The file has more than {MostRows} rows. Split it and upload the parts; the same order twice does no harm.");
            rows.Add(OrderIntake.Incoming(row.Number, fields.Read(Complete(row.Fields, units, partner))));
        }
        return rows;
    }

    // "2.5" under 重量(kg) becomes "2.5kg" and the chosen partner is written in, so that the row means the same on its own, in quarantine.
    private static Dictionary<string, string> Complete(IReadOnlyDictionary<string, string> fields, Dictionary<string, string> units, string? partner)
    {
        var complete = new Dictionary<string, string>(fields, StringComparer.Ordinal);
        foreach (var (column, unit) in units)
        {
            if (complete.TryGetValue(column, out var cell) && char.IsDigit(cell.TrimEnd().LastOrDefault())) complete[column] = cell.TrimEnd() + unit;
        }
        if (partner is not null) complete.TryAdd(OrderColumns.Partner, partner);
        return complete;
    }

    private static PartnerScope Scope(Upload upload) => upload.OwnerPartnerId is { } partner ? PartnerScope.Only(partner) : PartnerScope.Everyone;

    /// <summary>Rolls the trial transaction back and carries its outcome out.</summary>
    private sealed class DryRun(ImportOutcome outcome) : Exception
    {
        public ImportOutcome Outcome { get; } = outcome;
    }
}
