using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Logistics.Web.Imports;

/// <summary>How an uploaded file is written.</summary>
/// <param name="EncodingName">utf-8 or gb18030.</param>
public sealed record CsvShape(string EncodingName, char Delimiter)
{
    public Encoding Encoding => EncodingName == CsvText.Gb18030 ? CsvText.StrictGb18030 : new UTF8Encoding(false, throwOnInvalidBytes: true);
}

/// <summary>Finds encoding and delimiter of an order file. Reads the whole file once in 64 KiB blocks; memory does not grow with it.</summary>
public static class CsvText
{
    public const string Utf8Name = "utf-8", Gb18030 = "gb18030";
    private const int BlockBytes = 64 * 1024;
    private static readonly char[] Delimiters = [',', '\t', ';', '|'];

    static CsvText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    internal static Encoding StrictGb18030 => Encoding.GetEncoding(Gb18030, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>The file's shape, or why it is no order file.</summary>
    public static async Task<(CsvShape? Shape, string? Problem)> DetectAsync(Stream file, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var head = await file.ReadAtLeastAsync(block.AsMemory(0, BlockBytes), BlockBytes, throwOnEndOfStream: false, cancellationToken);
            if (head == 0) return (null, "The file is empty.");
            if (RefuseBinary(block.AsSpan(0, head)) is { } refusal) return (null, refusal);
            file.Position = 0;
            var badByte = await FindInvalidUtf8Async(file, block, cancellationToken);
            var encoding = Utf8Name;
            if (badByte is not null)
            {
                file.Position = 0;
                if (await FindInvalidGb18030Async(file, block, cancellationToken) is { } bad)
                {
                    return (null, $"The file is neither UTF-8 (byte {badByte} does not fit) nor GB18030 (near byte {bad}). Save it as \"CSV UTF-8\" and upload it again.");
                }
                encoding = Gb18030;
            }
            var text = new CsvShape(encoding, ',');
            file.Position = 0;
            using var reader = new StreamReader(file, encoding == Utf8Name ? new UTF8Encoding(false) : StrictGb18030, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
            var header = await FirstLineAsync(reader, cancellationToken);
            return header is null ? (null, "The file has no header line.") : (text with { Delimiter = DelimiterOf(header) }, null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static string? RefuseBinary(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\x03\x04"u8)) return "This is an Excel workbook (.xlsx) or a ZIP file. Save the sheet as CSV and upload that.";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return "This is an old Excel workbook (.xls). Save the sheet as CSV and upload that.";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return "The file is UTF-16 (\"Unicode text\"). Save it as \"CSV UTF-8\" and upload it again.";
        return head.Contains((byte)0) ? "The file holds zero bytes, so it is not text." : null;
    }

    private static async Task<long?> FindInvalidUtf8Async(Stream file, byte[] block, CancellationToken cancellationToken)
    {
        long offset = 0;
        var kept = 0;
        var characters = new char[BlockBytes + 1];
        while (true)
        {
            var read = await file.ReadAsync(block.AsMemory(kept, BlockBytes - kept), cancellationToken);
            var length = kept + read;
            var status = Utf8.ToUtf16(block.AsSpan(0, length), characters, out var consumed, out _, replaceInvalidSequences: false, isFinalBlock: read == 0);
            if (status == OperationStatus.InvalidData) return offset + consumed;
            if (read == 0) return null;
            kept = length - consumed;
            block.AsSpan(consumed, kept).CopyTo(block);
            offset += consumed;
        }
    }

    private static async Task<long?> FindInvalidGb18030Async(Stream file, byte[] block, CancellationToken cancellationToken)
    {
        var decoder = StrictGb18030.GetDecoder();
        var characters = new char[BlockBytes + 16];
        for (long offset = 0; ;)
        {
            var read = await file.ReadAsync(block.AsMemory(0, BlockBytes), cancellationToken);
            try
            {
                decoder.GetChars(block, 0, read, characters, 0, flush: read == 0);
            }
            catch (DecoderFallbackException bad)
            {
                return offset + Math.Max(0, bad.Index);
            }
            if (read == 0) return null;
            offset += read;
        }
    }

    private static async Task<string?> FirstLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var buffer = new char[16 * 1024];
        var count = await reader.ReadBlockAsync(buffer, cancellationToken);
        var line = new string(buffer, 0, count).Split('\n').FirstOrDefault(l => !string.IsNullOrWhiteSpace(l));
        return line?.TrimEnd('\r');
    }

    private static char DelimiterOf(string header)
    {
        // Marks inside quotes are text.
        var plain = string.Concat(header.Split('"').Where((_, i) => i % 2 == 0));
        return Delimiters.MaxBy(mark => plain.Count(c => c == mark));
    }
}
