namespace Logistics.Planner.Cli.Forecasting;

/// <summary>Writes a result whole or not at all: beside its place first, then moved onto it.</summary>
internal static class OutputFile
{
    /// <param name="file">Replaced only when <paramref name="write"/> has returned.</param>
    /// <exception cref="IOException">The folder does not exist or cannot be written; known before <paramref name="write"/> begins.</exception>
    public static void Write(FileInfo file, Action<Stream> write)
    {
        if (Directory.Exists(file.FullName)) throw new IOException($"--out {file.FullName} is a folder; it must be a file.");
        if (file.Directory is { Exists: false } folder) throw new IOException($"--out {file.FullName}: the folder {folder.FullName} does not exist.");
        var part = $"{file.FullName}.{Environment.ProcessId}.part";
        try
        {
            using (var stream = File.Create(part)) write(stream);
            File.Move(part, file.FullName, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <inheritdoc cref="Write"/>
    public static void WriteText(FileInfo file, Action<TextWriter> write) => Write(file, stream =>
    {
        using var writer = new StreamWriter(stream);
        write(writer);
    });
}
