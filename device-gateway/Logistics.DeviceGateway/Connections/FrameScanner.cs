using System.Buffers;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Connections;

/// <summary>Finds how much of what has arrived is whole packets.</summary>
internal static class FrameScanner
{
    /// <summary>Bytes of one batch, unless a single packet is larger.</summary>
    public const int BatchSize = 64 * 1024;

    /// <summary>Bytes of one batch while the gateway is overloaded: every connection goes on, slowly.</summary>
    public const int OverloadedBatchSize = 4 * 1024;

    /// <param name="buffer">What has arrived.</param>
    /// <param name="maximumPacketSize">Bytes.</param>
    /// <param name="batchSize">Stop when this many bytes have been found.</param>
    /// <param name="wholeBytes">Length of the whole packets at the front, about <paramref name="batchSize"/> at most.</param>
    /// <param name="error">What is wrong right behind them, if anything.</param>
    /// <returns>True when the front of the rest is the beginning of a packet still arriving.</returns>
    public static bool Scan(in ReadOnlySequence<byte> buffer, int maximumPacketSize, int batchSize, out int wholeBytes, out ReasonCode error)
    {
        wholeBytes = 0;
        error = ReasonCode.Success;
        Span<byte> copy = stackalloc byte[PacketFrame.MaximumHeaderSize];
        var rest = buffer;
        while (!rest.IsEmpty && wholeBytes < batchSize)
        {
            scoped var start = rest.FirstSpan;
            if (start.Length < PacketFrame.MaximumHeaderSize && !rest.IsSingleSegment)
            {
                var head = rest.Slice(0, Math.Min(rest.Length, PacketFrame.MaximumHeaderSize));
                head.CopyTo(copy);
                start = copy[..(int)head.Length];
            }

            var status = PacketFrame.TryRead(start, maximumPacketSize, out var frame, out error);
            if (status == FrameStatus.Incomplete)
            {
                return true;
            }

            if (status != FrameStatus.Complete)
            {
                return false;
            }

            if (rest.Length < frame.TotalSize)
            {
                return true;
            }

            wholeBytes += frame.TotalSize;
            rest = rest.Slice(frame.TotalSize);
        }

        return false;
    }
}
