using System.Globalization;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Network;
using Logistics.Web.Orders;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Logistics.Web.Imports;

public sealed record ImportField(string Name, string LabelZh, string LabelEn, bool Required);

/// <param name="Missing">Columns without which no row can be taken.</param>
/// <param name="Units">Units in which numbers without one are read.</param>
/// <param name="Problems">The first of them.</param>
public sealed record ImportPreview(
    string Id, string FileName, string Encoding, string Delimiter, IReadOnlyList<string> Headers, IReadOnlyDictionary<string, string?> Mapping, IReadOnlyList<ImportField> Fields,
    IReadOnlyList<string> Missing, IReadOnlyDictionary<string, string> Units, IReadOnlyList<ImportNote> Notes,
    IReadOnlyList<IReadOnlyList<string>> Rows, int RowCount, IReadOnlyList<FieldProblem> Problems, int ProblemCount, int WouldCreate, int WouldRevise, int WouldQuarantine, int Unchanged, int WouldRefuse);

public enum ImportState
{
    Preview,
    Committed,
}

/// <param name="Seconds">How long the commit took; null where it was not measured.</param>
public sealed record ImportReport(
    string Id, string FileName, DateTimeOffset At, string Actor, ImportState State, int RowCount, int Created, int Revised, int Unchanged, int Quarantined, int Refused, double? Seconds)
{
    public static ImportReport Of(ImportBatch b, string actor) =>
        new(b.Id, b.FileName ?? (b.Source == ImportSource.Api ? "API" : ""), b.At, actor, ImportState.Committed, b.Rows, b.Accepted, b.Revised, b.Unchanged, b.Quarantined, b.Refused, null);
}

/// <summary>Order files: upload → preview with column mapping → commit, all or nothing.</summary>
public static class ImportsApi
{
    private const int EnvelopeBytes = 64 * 1024;
    private const string UnitSuffix = ".unit";

    public static void MapImports(this IEndpointRouteBuilder app)
    {
        var imports = app.MapGroup("/api/imports").WithTags("Intake");
        imports.MapGet("", ListAsync).RequireAuthorization(Policies.Orders).WithSummary("Waiting previews, then imports, newest first.");
        imports.MapPost("", UploadAsync).RequireAuthorization(Policies.SendOrders).WithMetadata(new RequestSizeLimitAttribute(UploadFolder.MostBytes + EnvelopeBytes))
            .WithSummary($"Uploads an order file (multipart: file, partner?, day? (of rows that name none); at most {UploadFolder.MostBytes >> 20} MB and {ImportService.MostRows} rows) and previews it.");
        imports.MapPut("/{id}/mapping", MapColumnsAsync).RequireAuthorization(Policies.SendOrders).WithSummary("Chooses which header each field takes (\"=text\" gives all rows a value, weightGrams.unit and volumeMl.unit the unit of numbers without one), and previews again.");
        imports.MapPost("/{id}/commit", CommitAsync).RequireAuthorization(Policies.SendOrders).WithSummary("Imports the file in one transaction.");
        imports.MapDelete("/{id}", DiscardAsync).RequireAuthorization(Policies.SendOrders).WithSummary("Throws a waiting preview away.");
    }

    private static async Task<Ok<List<ImportReport>>> ListAsync(Caller caller, LogisticsStorage storage, NetworkCache cache, UploadFolder uploads, CancellationToken cancellationToken)
    {
        var waiting = uploads.List().Where(u => IsVisible(u, caller))
            .Select(u => new ImportReport(u.Id, u.FileName, u.At, u.Actor, ImportState.Preview, 0, 0, 0, 0, 0, 0, null));
        var done = await storage.ReadAsync(async db =>
        {
            var names = (await storage.Users.ListAsync(db)).ToDictionary(u => u.Id, u => u.SignInName, StringComparer.Ordinal);
            var batches = await storage.Imports.ListAsync(db, caller.Scope, (await cache.GetAsync(db)).Area.Id);
            return batches.ConvertAll(b => ImportReport.Of(b, names.GetValueOrDefault(b.Actor, b.Actor)));
        }, cancellationToken);
        return TypedResults.Ok(waiting.Concat(done).ToList());
    }

    private static async Task<Results<Ok<ImportPreview>, ProblemHttpResult>> UploadAsync(
        HttpRequest request, Caller caller, LogisticsStorage storage, NetworkCache cache, UploadFolder uploads, ImportService imports, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.ContentLength > UploadFolder.MostBytes + EnvelopeBytes) return TooLarge();
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) || type.Boundary.Length == 0)
        {
            return ApiProblems.Create(StatusCodes.Status415UnsupportedMediaType, "The upload must be multipart/form-data.", "Send a part named file and, for staff, optionally a part named partner.");
        }
        string? path = null;
        try
        {
            var form = await ReceiveAsync(new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).Value!, request.Body), uploads, p => path = p, cancellationToken);
            if (form.IsTooLarge) return TooLarge();
            if (path is null) return ApiProblems.Invalid("file", null, "required", "The part named file is missing.");
            var network = await cache.GetAsync(cancellationToken);
            var partner = caller.PartnerId ?? (string.IsNullOrWhiteSpace(form.Partner) ? null : network.FindPartner(form.Partner)?.Id ?? form.Partner);
            if (partner is not null && network.FindPartner(partner) is null) return ApiProblems.Invalid("partner", partner, OrderRule.PartnerUnknown, $"Partner \"{partner}\" is not in the network.");

            DateOnly? day = null;
            if (!string.IsNullOrWhiteSpace(form.Day))
            {
                if (!DateOnly.TryParseExact(form.Day, "yyyy-MM-dd", out var given)) return ApiProblems.Invalid("day", form.Day, OrderRule.Format, $"day \"{form.Day}\" is not a date such as 2026-11-22.");
                day = given;
            }

            var (sheet, unreadable) = await UnpackAsync(path, p => path = p, cancellationToken);
            if (unreadable is not null) return ApiProblems.Invalid([new FieldProblem("file", form.FileName, "file.format", unreadable)], "The file cannot be read.");
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var (shape, problem) = await CsvText.DetectAsync(file, cancellationToken);
            if (shape is null) return ApiProblems.Invalid([new FieldProblem("file", form.FileName, "file.format", problem!)], "The file cannot be read.");
            var headers = ImportFile.ReadHeaders(path, shape);
            var guess = HeaderMatcher.Guess(headers);
            var (mapping, unused) = ColumnDoubts.Drop(guess, ImportFile.ReadRows(path, shape, guess), network, partner is not null);
            if (day is { } meant && mapping.GetValueOrDefault(OrderColumns.Day) is null)
            {
                mapping = new Dictionary<string, string?>(mapping, StringComparer.Ordinal) { [OrderColumns.Day] = string.Create(CultureInfo.InvariantCulture, $"={meant:yyyy-MM-dd}") };
            }
            var upload = new Upload(storage.Ids.New(IdPrefix.Import), form.FileName, path, shape, headers, mapping, partner, caller.PartnerId, caller.Name, time.GetUtcNow()) { Concluded = sheet is null ? unused : [new ImportNote(OrderColumns.Waybill, "sheet.taken", sheet), .. unused] };
            var preview = await imports.PreviewAsync(upload, cancellationToken);
            uploads.Keep(upload);
            path = null;
            return TypedResults.Ok(preview);
        }
        finally
        {
            // Whatever stopped the upload, nothing of it stays.
            if (path is not null) File.Delete(path);
        }
    }

    /// <summary>Puts the table of a workbook in its place.</summary>
    private static async Task<(string? Sheet, string? Problem)> UnpackAsync(string path, Action<string> replaced, CancellationToken cancellationToken)
    {
        if (!Workbook.IsPacked(path)) return (null, null);
        var csv = path + ".csv";
        try
        {
            var (sheet, problem) = await Task.Run(() => Workbook.ToCsv(path, csv), cancellationToken);
            if (problem is not null) return (null, problem);
            File.Delete(path);
            replaced(csv);
            return (sheet, null);
        }
        finally
        {
            // Still there as a workbook: whatever stopped the reading, no half table stays.
            if (File.Exists(path)) File.Delete(csv);
        }
    }

    private sealed record Form(string FileName, string? Partner, string? Day, bool IsTooLarge);

    private static async Task<Form> ReceiveAsync(MultipartReader parts, UploadFolder uploads, Action<string> received, CancellationToken cancellationToken)
    {
        var (fileName, partner, day, hasFile) = ("", (string?)null, (string?)null, false);
        while (await parts.ReadNextSectionAsync(cancellationToken) is { } part)
        {
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)) continue;
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value;
            if (name == "file" && !hasFile)
            {
                fileName = Path.GetFileName(HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "orders.csv");
                if (fileName.Length > 200) fileName = fileName[..200];
                if (await uploads.ReceiveAsync(part.Body, cancellationToken) is not { } path) return new Form(fileName, partner, day, true);
                received(path);
                hasFile = true;
            }
            else if (name is "partner" or "day")
            {
                using var reader = new StreamReader(part.Body);
                var buffer = new char[100];
                var text = new string(buffer, 0, await reader.ReadBlockAsync(buffer, cancellationToken)).Trim();
                if (name == "partner") partner = text;
                else day = text;
            }
        }
        return new Form(fileName, partner, day, false);
    }

    private static async Task<Results<Ok<ImportPreview>, ProblemHttpResult>> MapColumnsAsync(
        string id, Dictionary<string, string?> mapping, Caller caller, UploadFolder uploads, ImportService imports, CancellationToken cancellationToken)
    {
        if (uploads.Find(id) is not { } upload || !IsVisible(upload, caller)) return ApiProblems.NotFound("waiting upload", id);
        var units = mapping.Where(m => m.Key.EndsWith(UnitSuffix, StringComparison.Ordinal) && m.Value is not null).ToDictionary(m => m.Key[..^UnitSuffix.Length], m => m.Value!, StringComparer.Ordinal);
        var columns = mapping.Where(m => !m.Key.EndsWith(UnitSuffix, StringComparison.Ordinal)).ToList();
        var problems = columns.Where(m => OrderColumns.Find(m.Key) is null).Select(m => new FieldProblem(m.Key, m.Value, "field.unknown", $"There is no field \"{m.Key}\"."))
            .Concat(columns.Where(m => m.Value is not null && FileHabits.FixedValue(m.Value, upload.Headers) is null && !upload.Headers.Contains(m.Value, StringComparer.Ordinal)).Select(m => new FieldProblem(m.Key, m.Value, "header.unknown", $"The file has no column \"{m.Value}\".")))
            .Concat(units.Where(u => u.Key is not (OrderColumns.Weight or OrderColumns.Volume) || FieldText.Scale(u.Value) is null).Select(u => new FieldProblem(u.Key, u.Value, "unit.unknown", $"\"{u.Value}\" is no unit of {u.Key}.")))
            .ToList();
        if (problems.Count > 0) return ApiProblems.Invalid(problems);
        var chosen = upload with { Mapping = OrderColumns.All.ToDictionary(c => c.Name, c => mapping.GetValueOrDefault(c.Name), StringComparer.Ordinal), Units = units, Concluded = [.. upload.Concluded.Where(n => n.Rule != ColumnDoubts.Rule)] };
        var preview = await imports.PreviewAsync(chosen, cancellationToken);
        uploads.Keep(chosen);
        return TypedResults.Ok(preview);
    }

    private static async Task<Results<Ok<ImportReport>, ProblemHttpResult>> CommitAsync(
        string id, Caller caller, HttpContext context, UploadFolder uploads, ImportService imports, CancellationToken cancellationToken)
    {
        if (uploads.Find(id) is not { } upload || !IsVisible(upload, caller)) return ApiProblems.NotFound("waiting upload", id);
        if (!uploads.TryTake(id)) return ApiProblems.Conflict("The file is being imported already.", "import.running");
        try
        {
            return TypedResults.Ok(await imports.CommitAsync(upload, caller, context, cancellationToken));
        }
        catch
        {
            // Nothing was imported, so it can be tried again.
            uploads.Keep(upload);
            throw;
        }
    }

    private static Results<NoContent, ProblemHttpResult> DiscardAsync(string id, Caller caller, UploadFolder uploads)
    {
        if (uploads.Find(id) is not { } upload || !IsVisible(upload, caller) || !uploads.TryTake(id)) return ApiProblems.NotFound("waiting upload", id);
        File.Delete(upload.Path);
        return TypedResults.NoContent();
    }

    private static bool IsVisible(Upload upload, Caller caller) => caller.PartnerId is null || upload.OwnerPartnerId == caller.PartnerId;

    private static ProblemHttpResult TooLarge() => ApiProblems.TooLarge($"The file is larger than {UploadFolder.MostBytes >> 20} MB. Split it and upload the parts; the same order twice does no harm.");
}
