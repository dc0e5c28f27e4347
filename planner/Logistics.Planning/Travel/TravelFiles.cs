using System.Runtime.InteropServices;
using Logistics.Routing.Model;

namespace Logistics.Planning.Travel;

/// <summary>Travel matrices as files: magic, place count, band count (none or the bands), then metres and seconds as little-endian 32-bit integers.</summary>
internal sealed class TravelFiles(string folder)
{
    private static readonly byte[] Magic = "LGTT0002"u8.ToArray();

    /// <summary>The stored table, or null when there is none, or none that can be trusted.</summary>
    public MatrixTable? Read(string key, int placeCount)
    {
        try
        {
            using var file = File.OpenRead(PathOf(key));
            using var reader = new BinaryReader(file);
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic) || reader.ReadInt32() != placeCount) return null;
            var bands = ReadBands(reader, placeCount);
            int[] distances = new int[placeCount * placeCount], durations = new int[placeCount * placeCount];
            file.ReadExactly(MemoryMarshal.AsBytes(distances.AsSpan()));
            file.ReadExactly(MemoryMarshal.AsBytes(durations.AsSpan()));
            return new MatrixTable(placeCount, distances, durations) { Bands = bands };
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // A cache may always miss: the table is built anew.
            return null;
        }
    }

    /// <summary>Writes beside and renames, so that a crash leaves the old file or none.</summary>
    public void Write(string key, MatrixTable table)
    {
        var unfinished = PathOf(key) + ".tmp";
        try
        {
            Directory.CreateDirectory(folder);
            using (var file = File.Create(unfinished))
            using (var writer = new BinaryWriter(file))
            {
                writer.Write(Magic);
                writer.Write(table.PlaceCount);
                WriteBands(writer, table.Bands);
                writer.Write(MemoryMarshal.AsBytes(table.Distances.AsSpan()));
                writer.Write(MemoryMarshal.AsBytes(table.Durations.AsSpan()));
            }

            File.Move(unfinished, PathOf(key), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk costs the cache, not the plan.
            TryDelete(unfinished);
        }
    }

    private static TimeBands? ReadBands(BinaryReader reader, int placeCount)
    {
        var count = reader.ReadInt32();
        if (count < 0) return null;
        if (count > 1_000) throw new InvalidDataException($"{count} time bands cannot be right.");
        int[] from = [.. Enumerable.Range(0, count).Select(_ => reader.ReadInt32())];
        var classes = reader.ReadInt32();
        if (classes is < 1 or > 256) throw new InvalidDataException($"{classes} leg classes cannot be right.");
        int[][] factors = [.. Enumerable.Range(0, classes).Select(_ => Enumerable.Range(0, count + 1).Select(_ => reader.ReadInt32()).ToArray())];
        return new TimeBands(from, factors, reader.ReadBoolean() ? reader.ReadBytes(placeCount * placeCount) : null);
    }

    private static void WriteBands(BinaryWriter writer, TimeBands? bands)
    {
        writer.Write(bands?.FromSeconds.Length ?? -1);
        if (bands is null) return;
        foreach (var from in bands.FromSeconds) writer.Write(from);
        writer.Write(bands.FactorPermille.Length);
        foreach (var factor in bands.FactorPermille.SelectMany(f => f)) writer.Write(factor);
        writer.Write(bands.LegClass is not null);
        if (bands.LegClass is not null) writer.Write(bands.LegClass);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing more can be done about an unwritable folder here.
        }
    }

    private string PathOf(string key) => Path.Combine(folder, key + ".travel");
}
