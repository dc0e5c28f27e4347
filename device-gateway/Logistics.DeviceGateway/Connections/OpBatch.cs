using System.Buffers;
using Logistics.DeviceGateway.Hub;
using Logistics.DeviceGateway.Ingest;

namespace Logistics.DeviceGateway.Connections;

/// <summary>The packets of one read of one connection: their bytes, copied once, and their parsed form.</summary>
/// <remarks>Pooled. Filled by the connection, then owned by the hub until the commit that holds its events.</remarks>
internal sealed class OpBatch : HubItem
{
    private const int PooledSize = 128 * 1024;

    public ClientConnection Connection { get; private set; } = null!;

    public byte[] Bytes { get; private set; } = [];

    public int Length { get; private set; }

    public List<Op> Ops { get; } = new(64);

    public List<IngestEvent> Events { get; } = new(64);

    /// <summary>Begins a batch with room for the bytes of its packets.</summary>
    public void Start(ClientConnection connection, int capacity)
    {
        Connection = connection;
        if (Bytes.Length < capacity)
        {
            ReturnBytes();
            Bytes = ArrayPool<byte>.Shared.Rent(capacity);
        }
    }

    /// <summary>Copies the packets in.</summary>
    public void Fill(in ReadOnlySequence<byte> packets)
    {
        Length = (int)packets.Length;
        packets.CopyTo(Bytes);
    }

    /// <summary>Appends bytes that no packet holds (an aliased topic) and says where.</summary>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        if (Bytes.Length < Length + bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + bytes.Length, Bytes.Length * 2));
            Bytes.AsSpan(0, Length).CopyTo(larger);
            ReturnBytes();
            Bytes = larger;
        }

        bytes.CopyTo(Bytes.AsSpan(Length));
        var offset = Length;
        Length += bytes.Length;
        return offset;
    }

    public ReadOnlySpan<byte> Slice(int offset, int length) => Bytes.AsSpan(offset, length);

    public override void Apply(GatewayHub hub) => hub.Apply(this);

    /// <summary>Empties it for the next use; a large buffer goes back to the array pool.</summary>
    public void Reset()
    {
        Connection = null!;
        Ops.Clear();
        Events.Clear();
        Length = 0;
        if (Bytes.Length > PooledSize)
        {
            ReturnBytes();
        }
    }

    private void ReturnBytes()
    {
        if (Bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(Bytes);
            Bytes = [];
        }
    }
}
