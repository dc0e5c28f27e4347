using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Logistics.Domain.Devices;

namespace Logistics.DeviceSimulator.Day;

/// <summary>The web host as the simulator needs it: devices with their compartments, credentials by claim code, commands. Thread-safe.</summary>
/// <remarks>It does what a person does in the page, with an administrator's API token.</remarks>
internal sealed class HostApi : IDisposable
{
    private const string Reason = "simulated day";

    private readonly HttpClient _http;

    /// <param name="devices">Address of <c>GET /api/devices</c>.</param>
    public HostApi(Uri devices, string? token)
    {
        // Relative addresses replace what follows the last slash.
        _http = new HttpClient { BaseAddress = new Uri(devices.ToString().TrimEnd('/') + "/") };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>Labels of a locker's compartments, in the cabinet's order.</summary>
    public async Task<IReadOnlyList<string>> ListCompartmentsAsync(string device, CancellationToken cancellationToken)
    {
        var twin = await ReadAsync(await _http.GetAsync($"{device}/twin", cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return [.. twin.GetProperty("compartments").EnumerateArray().Select(box => box.GetProperty("label").GetString()!)];
    }

    /// <summary>Offers a claim code and uses it.</summary>
    /// <returns>The device's new password.</returns>
    public async Task<string> ClaimAsync(string device, CancellationToken cancellationToken)
    {
        var claim = await PostAsync($"{device}/credential/claim", new { reason = Reason }, cancellationToken).ConfigureAwait(false);
        var issued = await PostAsync("/device/claim", new { device, code = claim.GetProperty("code").GetString() }, cancellationToken).ConfigureAwait(false);
        return issued.GetProperty("password").GetString()!;
    }

    /// <returns>The command's identifier.</returns>
    public async Task<string> GiveAsync(string device, CommandKind kind, string? compartment, CancellationToken cancellationToken)
    {
        var command = await PostAsync($"{device}/commands", new { kind = JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()), compartment, reason = Reason }, cancellationToken).ConfigureAwait(false);
        return command.GetProperty("id").GetString()!;
    }

    public async Task<CommandState> FindStateAsync(string command, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(await _http.GetAsync($"/api/commands/{command}", cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return Enum.Parse<CommandState>(found.GetProperty("state").GetString()!, ignoreCase: true);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken) =>
        await ReadAsync(await _http.PostAsJsonAsync(path, body, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
            {
                var hint = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? " Maybe --token is not an administrator's." : "";
                throw new HttpRequestException($"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri} answered {(int)answer.StatusCode}: {text}{hint}");
            }

            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
    }
}
