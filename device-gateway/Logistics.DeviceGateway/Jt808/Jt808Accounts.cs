using System.Security.Cryptography;
using System.Text;
using Logistics.DeviceGateway.Meaning;
using Logistics.DeviceGateway.Security;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Jt808;

/// <summary>Answers of a registration (message 0x8100).</summary>
internal enum RegistrationResult : byte
{
    Done = 0,
    UnknownVehicle = 2,
    UnknownTerminal = 4,
}

/// <summary>Who a terminal is: a provisioned device named <c>jt808-</c> and its number.</summary>
/// <remarks>
/// The protocol knows no secret at registration: who knows the number and the plate is given the code. The code is derived from the
/// stored credential, so that rotating or revoking it makes the code worthless; nothing else is stored. Terminals that can be
/// configured use the provisioned password as their code and need not register.
/// </remarks>
internal sealed class Jt808Accounts(IDeviceAuthenticator authenticator, DeviceDirectory directory, GatewayOptions options, IDeviceCredentialStore? credentials = null)
{
    private const int CodeLength = 16;

    static Jt808Accounts() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public const string DevicePrefix = "jt808-";

    public static string DeviceOf(string phone) => DevicePrefix + phone;

    /// <param name="body">Of message 0x0100.</param>
    public async ValueTask<(RegistrationResult Result, string Code)> RegisterAsync(Jt808Header header, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var device = DeviceOf(header.Phone);
        if (options.IsOpen)
        {
            return (RegistrationResult.Done, header.Phone);
        }

        if (credentials is null || await credentials.FindAsync(device, cancellationToken).ConfigureAwait(false) is not { IsRevoked: false, Kind: DeviceKind.Vehicle } credential)
        {
            return (RegistrationResult.UnknownTerminal, "");
        }

        var isPlateWrong = directory.Find(Encoding.UTF8.GetBytes(device))?.Plate is { } plate && !string.Equals(plate, PlateOf(header, body.Span), StringComparison.Ordinal);
        return isPlateWrong ? (RegistrationResult.UnknownVehicle, "") : (RegistrationResult.Done, CodeOf(credential));
    }

    /// <param name="body">Of message 0x0102: the code, in the 2019 edition behind its length.</param>
    public async ValueTask<bool> AuthenticateAsync(Jt808Header header, ReadOnlyMemory<byte> body, string peer, CancellationToken cancellationToken)
    {
        var code = CodeIn(header, body);
        if (code.IsEmpty)
        {
            return false;
        }

        var device = DeviceOf(header.Phone);
        if (credentials is not null && await credentials.FindAsync(device, cancellationToken).ConfigureAwait(false) is { IsRevoked: false, Kind: DeviceKind.Vehicle } credential
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeOf(credential)), code.Span))
        {
            return true;
        }

        var outcome = await authenticator.AuthenticateAsync(new AuthenticationRequest(device, null, code.ToArray(), null, peer), cancellationToken).ConfigureAwait(false);
        return outcome.Reason == ReasonCode.Success && outcome.Device is null or { Kind: DeviceKind.Vehicle };
    }

    private static ReadOnlyMemory<byte> CodeIn(Jt808Header header, ReadOnlyMemory<byte> body)
    {
        if (header.Version is null)
        {
            return body;
        }

        return body.Length > 0 && body.Length >= 1 + body.Span[0] ? body.Slice(1, body.Span[0]) : default;
    }

    // Province, city, maker, model, terminal and colour come before the plate; their lengths differ between the editions.
    private static string PlateOf(Jt808Header header, ReadOnlySpan<byte> body)
    {
        var start = header.Version is null ? 2 + 2 + 5 + 20 + 7 + 1 : 2 + 2 + 11 + 30 + 30 + 1;
        return body.Length > start ? Encoding.GetEncoding("GBK").GetString(body[start..]).TrimEnd('\0') : "";
    }

    private static string CodeOf(DeviceCredential credential)
    {
        var key = Encoding.UTF8.GetBytes(credential.PasswordHash ?? string.Join(',', credential.CertificateSha256));
        var proof = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(FormattableString.Invariant($"jt808 {credential.Device} {credential.Version}")));
        return Convert.ToHexStringLower(proof)[..CodeLength];
    }
}
