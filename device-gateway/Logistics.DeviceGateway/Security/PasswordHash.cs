using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Logistics.DeviceGateway.Security;

/// <summary>Stored forms of a device's password.</summary>
/// <remarks>
/// Two schemes, told apart by their first field. A password that a person chose is stretched: PBKDF2-SHA256 with 600 000 rounds
/// (OWASP 2023), about 0.2 s. A secret that <see cref="NewSecret"/> made has 192 random bits, which no amount of guessing finds:
/// a single HMAC is as safe, and ten thousand devices can reconnect after a restart without half an hour of hashing.
/// </remarks>
public static class PasswordHash
{
    private const string Stretched = "pbkdf2-sha256";
    private const string Random = "hmac-sha256";
    private const int Rounds = 600_000;
    private const int SaltSize = 16;
    private const int HashSize = 32;

    /// <summary>A new secret for a device: 32 characters of base64url.</summary>
    public static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)).Replace('+', '-').Replace('/', '_');

    /// <summary>Hashes a secret from <see cref="NewSecret"/>.</summary>
    public static string OfSecret(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return $"${Random}${Convert.ToBase64String(salt)}${Convert.ToBase64String(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(secret)))}";
    }

    /// <summary>Hashes a password that a person chose.</summary>
    public static string OfPassword(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA256, HashSize);
        return $"${Stretched}${Rounds.ToString(CultureInfo.InvariantCulture)}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
    }

    /// <summary>True when the password is the hashed one; a hash in no known form matches nothing.</summary>
    public static bool Verify(string hash, ReadOnlySpan<byte> password)
    {
        var parts = hash.Split('$');
        switch (parts)
        {
            case ["", Random, var salt, var expected]:
                return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(Convert.FromBase64String(salt), password), Convert.FromBase64String(expected));
            case ["", Stretched, var rounds, var salt, var expected]:
                var wanted = Convert.FromBase64String(expected);
                var actual = Rfc2898DeriveBytes.Pbkdf2(password, Convert.FromBase64String(salt), int.Parse(rounds, CultureInfo.InvariantCulture), HashAlgorithmName.SHA256, wanted.Length);
                return CryptographicOperations.FixedTimeEquals(actual, wanted);
            default:
                return false;
        }
    }

    /// <summary>True when verifying takes long enough to be worth remembering.</summary>
    public static bool IsExpensive(string hash) => hash.StartsWith($"${Stretched}$", StringComparison.Ordinal);
}
