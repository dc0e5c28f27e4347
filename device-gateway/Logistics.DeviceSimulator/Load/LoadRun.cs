using System.Diagnostics;

namespace Logistics.DeviceSimulator.Load;

/// <summary>Puts a load on a gateway and measures what is acknowledged.</summary>
internal static class LoadRun
{
    public static async Task<LoadResult> RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        var connections = Enumerable.Range(0, options.Connections).Select(index => new LoadConnection(options, index)).ToArray();
        using var pacer = options.Rate > 0 ? new Pacer(options.Rate) : null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            foreach (var connection in connections)
            {
                await connection.ConnectAsync(cancellationToken).ConfigureAwait(false);
            }

            var runs = connections.Select(connection => Task.Run(() => connection.RunAsync(pacer, stop.Token), CancellationToken.None)).ToArray();
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(false);
            Array.ForEach(connections, connection => connection.StartMeasuring());
            var started = Stopwatch.GetTimestamp();
            await Task.Delay(TimeSpan.FromSeconds(options.Seconds), cancellationToken).ConfigureAwait(false);
            var acknowledged = connections.Sum(connection => Volatile.Read(ref connection.Acknowledged));
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            await stop.CancelAsync().ConfigureAwait(false);
            var lost = await CountLostAsync(runs).ConfigureAwait(false);
            var latency = new LatencyHistogram();
            Array.ForEach(connections, connection => latency.Add(connection.Latency));
            return new LoadResult(acknowledged, seconds, latency, lost);
        }
        finally
        {
            Array.ForEach(connections, connection => connection.Dispose());
        }
    }

    private static async Task<int> CountLostAsync(Task[] runs)
    {
        var lost = 0;
        foreach (var run in runs)
        {
            try
            {
                await run.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The normal end.
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
            {
                lost++;
            }
        }

        return lost;
    }
}
