using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceSimulator.Idle;

/// <summary>Connections that have signed in and say nothing more.</summary>
internal sealed class IdleConnections : IDisposable
{
    private const int AtOnce = 64;
    private readonly ConcurrentBag<IDisposable> _open = [];

    public int Count => _open.Count;

    public static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"idle-{index:00000}");

    public static async Task<IdleConnections> OpenAsync(IdleOptions options, CancellationToken cancellationToken)
    {
        var connections = new IdleConnections();
        using var pace = options.Rate > 0 ? new PeriodicTimer(TimeSpan.FromSeconds(1.0 / options.Rate)) : null;
        using var slots = new SemaphoreSlim(AtOnce, AtOnce);
        var opening = new List<Task>(options.Connections);
        for (var i = 0; i < options.Connections; i++)
        {
            if (pace is not null)
            {
                await pace.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
            }

            await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            opening.Add(connections.OpenOneAsync(options, NameOf(i), slots, cancellationToken));
        }

        await Task.WhenAll(opening).ConfigureAwait(false);
        return connections;
    }

    public void Dispose()
    {
        foreach (var connection in _open)
        {
            connection.Dispose();
        }
    }

    private async Task OpenOneAsync(IdleOptions options, string name, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        var tcp = new TcpClient();
        try
        {
            await tcp.ConnectAsync(options.Host, options.Port, cancellationToken).ConfigureAwait(false);
            Stream stream = tcp.GetStream();
            if (options.Thumbprint is not null)
            {
                var secure = new SslStream(stream);
                var authentication = new SslClientAuthenticationOptions { TargetHost = options.Host, RemoteCertificateValidationCallback = (_, shown, _, _) => string.Equals(shown?.GetCertHashString(), options.Thumbprint, StringComparison.Ordinal) };
                await secure.AuthenticateAsClientAsync(authentication, cancellationToken).ConfigureAwait(false);
                stream = secure;
            }

            var id = Encoding.UTF8.GetBytes(name);
            var request = new ConnectRequest(id, ProtocolVersion.V311, KeepAliveSeconds: 1200, UserName: options.Secret is null ? null : id, Password: options.PasswordBytes);
            await stream.WriteAsync(ClientPackets.Connect(request), cancellationToken).ConfigureAwait(false);
            var answer = new byte[4];
            await stream.ReadExactlyAsync(answer, cancellationToken).ConfigureAwait(false);
            if (answer[3] == 0)
            {
                _open.Add(tcp);
                return;
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Not counted: the total tells.
        }
        finally
        {
            slots.Release();
        }

        tcp.Dispose();
    }
}
