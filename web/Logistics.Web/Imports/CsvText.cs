using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Logistics.Web.Imports;

/// <summary>How an uploaded file is written.</summary>
/// <param name="EncodingName">utf-8, utf-16 (little-endian), utf-16be or gb18030.</param>
/// <param name="RecordsBeforeHeader">Titles and empty lines above the headers.</param>
public sealed record CsvShape(string EncodingName, char Delimiter, int RecordsBeforeHeader)
{
    public Encoding Encoding => CsvText.Strict(EncodingName);
}

/// <summary>Finds how an order file is written. Reads the whole file once in 64 KiB blocks; memory does not grow with it.</summary>
public static class CsvText
{
    public const string Utf8Name = "utf-8", Utf16Name = "utf-16", Utf16BigEndianName = "utf-16be", Gb18030 = "gb18030";
    private const int BlockBytes = 64 * 1024, HeadChars = 16 * 1024;

    static CsvText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding of that name; bytes that do not fit it throw.</summary>
    internal static Encoding Strict(string name) => name switch
    {
        Utf8Name => new UTF8Encoding(false, throwOnInvalidBytes: true),
        Utf16Name or Utf16BigEndianName => new UnicodeEncoding(bigEndian: name == Utf16BigEndianName, byteOrderMark: true, throwOnInvalidBytes: true),
        _ => Encoding.GetEncoding(Gb18030, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
    };

    /// <summary>The file's shape, or why it is no order file.</summary>
    public static async Task<(CsvShape? Shape, string? Problem)> DetectAsync(Stream file, CancellationToken cancellationToken)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var head = await file.ReadAtLeastAsync(block.AsMemory(0, BlockBytes), BlockBytes, throwOnEndOfStream: false, cancellationToken);
            if (head == 0) return (null, "The file is empty.");
            var wide = FindWide(block.AsSpan(0, head));
            if (wide is null && RefuseForeign(block.AsSpan(0, head)) is { } refusal) return (null, refusal);
            var (encoding, problem) = wide is null ? await FindNarrowAsync(file, block, cancellationToken) : await CheckWideAsync(file, wide, block, cancellationToken);
            if (problem is not null) return (null, problem);
            file.Position = 0;
            using var reader = new StreamReader(file, Strict(encoding), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
            var text = new char[HeadChars];
            var count = await reader.ReadBlockAsync(text, cancellationToken);
            if (encoding == Gb18030 && FindUnassigned(text.AsSpan(0, count)) is { } odd) return (null, NeitherNor(odd, odd));
            return HeaderRow.Find(new string(text, 0, count)) is (var delimiter, var before) ? (new CsvShape(encoding, delimiter, before), null) : (null, "The file has no header line.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>Excel's "Unicode text": told by its mark.</summary>
    private static string? FindWide(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Utf16Name : head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Utf16BigEndianName : null;

    private static async Task<(string Encoding, string? Problem)> CheckWideAsync(Stream file, string wide, byte[] block, CancellationToken cancellationToken)
    {
        file.Position = 0;
        return (wide, await FindInvalidAsync(file, wide, block, cancellationToken) is { } bad
            ? $"The file says it is UTF-16, but near byte {bad} it is not, or it was cut off. Save it as \"CSV UTF-8\" and upload it again."
            : null);
    }

    private static async Task<(string Encoding, string? Problem)> FindNarrowAsync(Stream file, byte[] block, CancellationToken cancellationToken)
    {
        file.Position = 0;
        if (await FindInvalidUtf8Async(file, block, cancellationToken) is not { } badByte) return (Utf8Name, null);
        file.Position = 0;
        return (Gb18030, await FindInvalidAsync(file, Gb18030, block, cancellationToken) is { } bad
            ? NeitherNor(badByte, bad)
            : null);
    }

    private static string NeitherNor(long notUtf8, long notGb18030) => $"The file is neither UTF-8 (byte {notUtf8} does not fit) nor GB18030 (near byte {notGb18030}). Save it as \"CSV UTF-8\" and upload it again.";

    /// <summary>Big5 and Shift-JIS fit GB18030 as bytes, but many of their characters then fall where nobody's are.</summary>
    /// <returns>The byte near the first of them; null when they are too few to tell.</returns>
    private static long? FindUnassigned(ReadOnlySpan<char> text)
    {
        const int ofHundred = 3;
        var (first, odd, wide) = (-1, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] >= 128) wide++;
            if (text[i] is < '\uE000' or > '\uF8FF') continue;
            odd++;
            if (first < 0) first = i;
        }
        return odd * 100 > wide * ofHundred ? Strict(Gb18030).GetByteCount(text[..first]) : null;
    }

    private static string? RefuseForeign(ReadOnlySpan<byte> head)
    {
        var begin = (head.StartsWith(Encoding.UTF8.Preamble) ? head[Encoding.UTF8.Preamble.Length..] : head).TrimStart(" \t\r\n"u8);
        if (begin.StartsWith("{"u8) || (begin.StartsWith("["u8) && begin[1..].TrimStart(" \t\r\n"u8).StartsWith("{"u8))) return "This is JSON. Send it to POST /api/orders/bulk, as docs/api.md says, or upload a table.";
        if (begin.StartsWith("<"u8)) return "This is a web page or XML, as some programs name .xls. Open it in a spreadsheet, save it as CSV and upload that.";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return "This is an old Excel workbook (.xls). Save the sheet as CSV and upload that.";
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

    private static async Task<long?> FindInvalidAsync(Stream file, string encoding, byte[] block, CancellationToken cancellationToken)
    {
        var decoder = Strict(encoding).GetDecoder();
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
}
