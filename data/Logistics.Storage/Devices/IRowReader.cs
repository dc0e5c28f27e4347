using System.Globalization;
using Logistics.Domain.Devices;

namespace Logistics.Storage.Devices;

/// <summary>The current row of a query, by column index.</summary>
internal interface IRowReader
{
    bool Read();

    bool IsNull(int column);

    long GetInt64(int column);

    string GetText(int column);

    byte[] GetBlob(int column);
}

/// <summary>Reads rows of the device log, the same for both databases.</summary>
internal static class DeviceRows
{
    public static SessionRow ReadSession(IRowReader row)
    {
        StoredMessage? will = null;
        if (!row.IsNull(5))
        {
            will = new StoredMessage(row.GetBlob(5), row.GetBlob(6), row.GetBlob(7), (int)row.GetInt64(8), row.GetInt64(9) != 0, GetNullable(row, 10));
        }

        return new SessionRow(row.GetInt64(0), row.GetText(1), (int)row.GetInt64(2), (uint)row.GetInt64(3), GetNullable(row, 4), will, (uint)row.GetInt64(11));
    }

    public static SubscriptionRow ReadSubscription(IRowReader row) =>
        new(row.GetInt64(0), row.GetBlob(1), (byte)row.GetInt64(2), (uint)row.GetInt64(3));

    public static InboundRow ReadInbound(IRowReader row) => new(row.GetInt64(0), (int)row.GetInt64(1), ReadMessage(row, 2));

    public static OutboundRow ReadOutbound(IRowReader row)
    {
        var identifiers = row.GetText(6).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => uint.Parse(text, CultureInfo.InvariantCulture));
        return new OutboundRow(
            row.GetInt64(0),
            row.GetInt64(1),
            (OutboundStage)row.GetInt64(2),
            (int)row.GetInt64(3),
            (int)row.GetInt64(4),
            row.GetInt64(5) != 0,
            [.. identifiers],
            ReadMessage(row, 7));
    }

    public static StoredMessage ReadMessage(IRowReader row) => ReadMessage(row, 0);

    public static SequenceMark ReadMark(IRowReader row) => SequenceMark.Restore(row.GetInt64(0), row.GetInt64(1), row.GetText(2));

    public static DeviceEvent ReadEvent(IRowReader row) => new(
        row.GetInt64(0),
        (DeviceKind)row.GetInt64(1),
        row.GetText(2),
        row.GetText(3),
        row.GetInt64(4),
        row.GetInt64(5),
        row.GetInt64(6),
        row.GetInt64(7),
        row.IsNull(8) ? null : row.GetText(8),
        row.GetBlob(9));

    public static DeviceCredential ReadCredential(string device, IRowReader row) => new(
        device,
        (DeviceKind)row.GetInt64(0),
        row.IsNull(1) ? null : row.GetText(1),
        row.GetText(2).Split(',', StringSplitOptions.RemoveEmptyEntries),
        row.GetInt64(3) != 0,
        row.GetInt64(4));

    public static DeviceClaim ReadClaim(IRowReader row) => new(row.GetText(0), (DeviceKind)row.GetInt64(1), row.GetText(2), row.GetInt64(3), row.GetText(4));

    private static StoredMessage ReadMessage(IRowReader row, int first) => new(
        row.GetBlob(first),
        row.GetBlob(first + 1),
        row.GetBlob(first + 2),
        (int)row.GetInt64(first + 3),
        row.GetInt64(first + 4) != 0,
        GetNullable(row, first + 5));

    private static long? GetNullable(IRowReader row, int column) => row.IsNull(column) ? null : row.GetInt64(column);
}
