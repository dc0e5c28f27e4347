using Logistics.Domain;
using Logistics.Web.Hosting;

namespace Logistics.Web.Imports;

/// <summary>An uploaded order file that waits for its preview to be confirmed.</summary>
/// <param name="Mapping">Column name to header, or to "=text" that all rows get.</param>
/// <param name="PartnerId">The uploader's own partner, or the one staff chose; rows may name none then.</param>
/// <param name="OwnerPartnerId">Set when a partner account uploaded it: only that partner sees it.</param>
public sealed record Upload(
    string Id, string FileName, string Path, CsvShape Shape, IReadOnlyList<string> Headers, IReadOnlyDictionary<string, string?> Mapping, string? PartnerId, string? OwnerPartnerId,
    string Actor, DateTimeOffset At)
{
    /// <summary>Units chosen by hand for columns whose numbers have none.</summary>
    public IReadOnlyDictionary<string, string> Units { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What was concluded when the file came: the sheet taken, columns guessed by their headers and not taken because of their cells.</summary>
    public IReadOnlyList<ImportNote> Concluded { get; init; } = [];
}

/// <summary>Where uploads lie between preview and commit: files of their own in the data folder, gone after a day or when the host starts.</summary>
/// <remarks>A cut-off upload deletes its file; nothing else knows of it yet. Thread-safe.</remarks>
public sealed class UploadFolder
{
    /// <summary>More than the <see cref="ImportService.MostRows"/> orders a file may hold.</summary>
    public const long MostBytes = 64L * 1024 * 1024;
    private const int BlockBytes = 128 * 1024;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly Dictionary<string, Upload> _uploads = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly IdFactory _ids;

    public UploadFolder(HostSettings settings, TimeProvider time, IdFactory ids)
    {
        (_time, _ids) = (time, ids);
        _folder = Path.Combine(settings.DataDirectory, "uploads");
        Directory.CreateDirectory(_folder);
        // What an earlier run left was never confirmed.
        foreach (var file in Directory.EnumerateFiles(_folder)) File.Delete(file);
    }

    /// <summary>Writes the stream to a file, refusing it as soon as it grows too large; the file is gone when this throws.</summary>
    /// <returns>Path of the file, or null when it is too large.</returns>
    public async Task<string?> ReceiveAsync(Stream body, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_folder, _ids.New(IdPrefix.Import) + ".upload");
        try
        {
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BlockBytes, FileOptions.Asynchronous))
            {
                var block = new byte[BlockBytes];
                for (long total = 0; ;)
                {
                    var read = await body.ReadAsync(block, cancellationToken);
                    if (read == 0) return path;
                    total += read;
                    if (total > MostBytes) break;
                    await file.WriteAsync(block.AsMemory(0, read), cancellationToken);
                }
            }
            File.Delete(path);
            return null;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public void Keep(Upload upload)
    {
        lock (_gate)
        {
            foreach (var old in _uploads.Values.Where(u => u.At < _time.GetUtcNow() - Lifetime).ToList())
            {
                _uploads.Remove(old.Id);
                File.Delete(old.Path);
            }
            _uploads[upload.Id] = upload;
        }
    }

    public Upload? Find(string id)
    {
        lock (_gate) return _uploads.GetValueOrDefault(id);
    }

    public IReadOnlyList<Upload> List()
    {
        lock (_gate) return [.. _uploads.Values.OrderByDescending(u => u.At)];
    }

    /// <summary>Takes it out, so that it can be committed once; false when somebody else was first.</summary>
    public bool TryTake(string id)
    {
        lock (_gate) return _uploads.Remove(id);
    }
}
