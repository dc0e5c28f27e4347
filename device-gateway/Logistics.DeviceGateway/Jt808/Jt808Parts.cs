using System.Buffers.Binary;

namespace Logistics.DeviceGateway.Jt808;

/// <summary>Puts the packets of longer messages together. Owned by one connection.</summary>
/// <remarks>
/// A packet that leaves the message incomplete may be confirmed at once, as the standard wants it; the one that completes it only after
/// the commit. If the gateway dies in between, that one comes again, and the others are asked for (message 0x8003).
/// </remarks>
internal sealed class Jt808Parts
{
    /// <summary>Packets of a message: about 64 KiB.</summary>
    public const int MaximumCount = 64;

    /// <summary>Messages under way at a time; a terminal sends one after another.</summary>
    private const int MaximumMessages = 2;

    private const int MaximumRequests = 3;

    private readonly List<Message> _messages = [];

    /// <summary>Takes a packet.</summary>
    /// <param name="whole">The message's body when this packet completes it; null while packets are missing.</param>
    /// <param name="request">Body of the request for the missing packets, once the last one has come without them; null otherwise.</param>
    public void Take(Jt808Header header, ReadOnlySpan<byte> body, out byte[]? whole, out byte[]? request)
    {
        (whole, request) = (null, null);
        var message = _messages.Find(m => m.Id == header.MessageId && m.FirstSerial == header.FirstSerial && m.Bodies.Length == header.PartCount);
        if (message is null)
        {
            if (_messages.Count == MaximumMessages)
            {
                _messages.RemoveAt(0);
            }

            message = new Message(header.MessageId, header.FirstSerial, new byte[header.PartCount][]);
            _messages.Add(message);
        }

        message.Bodies[header.PartNumber - 1] = body.ToArray();
        var missing = message.ListMissing();
        if (missing.Count == 0)
        {
            _messages.Remove(message);
            whole = [.. message.Bodies.SelectMany(part => part!)];
        }
        else if (header.PartNumber == header.PartCount && message.Requests < MaximumRequests)
        {
            // Over TCP nothing overtakes: what has not come before the last packet was damaged, or sent to a process that is gone.
            message.Requests++;
            request = WriteRequest(header, missing);
        }
    }

    // Serial of the first packet, how many (one byte in the edition of 2013, two in that of 2019), their numbers.
    private static byte[] WriteRequest(Jt808Header header, List<ushort> missing)
    {
        var countSize = header.Version is null ? 1 : 2;
        var body = new byte[2 + countSize + (2 * missing.Count)];
        BinaryPrimitives.WriteUInt16BigEndian(body, header.FirstSerial);
        body[1 + countSize] = (byte)missing.Count;
        for (var i = 0; i < missing.Count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(2 + countSize + (2 * i)), missing[i]);
        }

        return body;
    }

    private sealed record Message(ushort Id, ushort FirstSerial, byte[]?[] Bodies)
    {
        public int Requests { get; set; }

        /// <summary>Numbers from 1.</summary>
        public List<ushort> ListMissing()
        {
            var missing = new List<ushort>();
            for (var i = 0; i < Bodies.Length; i++)
            {
                if (Bodies[i] is null)
                {
                    missing.Add((ushort)(i + 1));
                }
            }

            return missing;
        }
    }
}
