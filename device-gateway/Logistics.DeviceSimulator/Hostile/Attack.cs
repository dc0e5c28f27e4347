using Logistics.Mqtt.Wire;

namespace Logistics.DeviceSimulator.Hostile;

/// <summary>Something a broken or wicked peer does, and what a gateway should do about it.</summary>
/// <param name="RunAsync">Gives what went wrong; null when the gateway did as it should.</param>
internal sealed record Attack(string Name, Func<HostileTarget, CancellationToken, Task<string?>> RunAsync)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Many peers send the same bytes after signing in, and must each be closed.</summary>
    /// <param name="reason">Expected in the DISCONNECT.</param>
    public static Attack Closed(string name, int peers, ReasonCode reason, Func<byte[]> bytes) => new(name, async (target, cancellationToken) =>
    {
        var packet = bytes();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, peers).Select(i => OneAsync(target, $"hostile-{i}", packet, cancellationToken))).ConfigureAwait(false);
        var wrong = outcomes.Where(outcome => outcome != (int)reason).ToList();
        return wrong.Count == 0 ? null : $"{wrong.Count} of {peers} peers were not closed with 0x{(int)reason:X2}; the first: {Describe(wrong[0])}";
    });

    /// <summary>Many peers send the same bytes without signing in, and must each be closed.</summary>
    public static Attack ClosedBeforeConnect(string name, int peers, Func<int, byte[]> bytes) => new(name, async (target, cancellationToken) =>
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, peers).Select(async i =>
        {
            using var peer = await RawPeer.OpenAsync(target, cancellationToken).ConfigureAwait(false);
            await peer.SendAsync(bytes(i), cancellationToken).ConfigureAwait(false);
            return await peer.WaitForCloseAsync(Patience, cancellationToken).ConfigureAwait(false);
        })).ConfigureAwait(false);
        var open = outcomes.Count(outcome => outcome is null);
        return open == 0 ? null : $"{open} of {peers} peers are still connected";
    });

    private static async Task<int?> OneAsync(HostileTarget target, string clientId, byte[] packet, CancellationToken cancellationToken)
    {
        using var peer = await RawPeer.ConnectAsync(target, clientId, ProtocolVersion.V5, cancellationToken).ConfigureAwait(false);
        await peer.SendAsync(packet, cancellationToken).ConfigureAwait(false);
        return await peer.WaitForCloseAsync(Patience, cancellationToken).ConfigureAwait(false);
    }

    private static string Describe(int? outcome) => outcome switch
    {
        null => "still connected",
        -1 => "closed without a word",
        _ => $"closed with 0x{outcome:X2}",
    };
}
