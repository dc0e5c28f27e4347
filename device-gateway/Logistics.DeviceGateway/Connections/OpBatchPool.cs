using System.Collections.Concurrent;

namespace Logistics.DeviceGateway.Connections;

/// <summary>Batches to use again. Thread-safe; holds a bounded number.</summary>
internal sealed class OpBatchPool
{
    private const int Capacity = 512;
    private readonly ConcurrentQueue<OpBatch> _free = new();

    public OpBatch Take() => _free.TryDequeue(out var batch) ? batch : new OpBatch();

    public void Return(OpBatch batch)
    {
        batch.Reset();
        if (_free.Count < Capacity)
        {
            _free.Enqueue(batch);
        }
    }
}
