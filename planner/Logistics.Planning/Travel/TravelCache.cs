using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Logistics.Domain;

namespace Logistics.Planning.Travel;

/// <summary>Keeps travel tables by the hash of their source and places: least recently used go first.</summary>
/// <remarks>Thread-safe. With a folder, matrices also survive a restart; a damaged or foreign file is ignored and written anew.</remarks>
/// <param name="maxBytes">Most bytes of tables kept in memory; the newest is kept even if it alone is larger.</param>
/// <param name="folder">Where matrices are kept as files; null = memory only.</param>
public sealed class TravelCache(long maxBytes = 512L << 20, string? folder = null)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(string Key, TravelTable Table)> _recent = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, TravelTable Table)>> _byKey = new(StringComparer.Ordinal);
    private readonly TravelFiles? _files = folder is null ? null : new TravelFiles(folder);

    public async Task<TravelTable> GetTableAsync(ITravelTimes source, IReadOnlyList<GeoPoint> places, CancellationToken cancellation)
    {
        var key = KeyOf(source, places);
        if (Find(key) is { } known) return known;
        // A cheap model is quicker to compute than to read; only what came over the network is worth a file.
        var isRemote = source is not GreatCircleTimes;
        TravelTable? table = isRemote ? _files?.Read(key, places.Count) : null;
        if (table is null)
        {
            table = await source.BuildTableAsync(places, cancellation);
            if (isRemote && table is MatrixTable matrix) _files?.Write(key, matrix);
        }

        Keep(key, table);
        return table;
    }

    /// <summary>SHA-256 of the source's identity and the places' coordinates, hex.</summary>
    public static string KeyOf(ITravelTimes source, IReadOnlyList<GeoPoint> places)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{source.Identity}\n{places.Count}\n")));
        var numbers = new double[places.Count * 2];
        for (var i = 0; i < places.Count; i++) (numbers[2 * i], numbers[(2 * i) + 1]) = (places[i].Lon, places[i].Lat);
        hash.AppendData(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private TravelTable? Find(string key)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var node)) return null;
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Table;
        }
    }

    private void Keep(string key, TravelTable table)
    {
        lock (_gate)
        {
            if (_byKey.Remove(key, out var old)) _recent.Remove(old);
            _byKey[key] = _recent.AddFirst((key, table));
            var total = _recent.Sum(e => e.Table.SizeBytes);
            while (total > maxBytes && _recent.Count > 1)
            {
                var last = _recent.Last!.Value;
                _recent.RemoveLast();
                _byKey.Remove(last.Key);
                total -= last.Table.SizeBytes;
            }
        }
    }
}
