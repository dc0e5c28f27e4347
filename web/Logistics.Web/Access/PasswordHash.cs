using System.Globalization;
using System.Security.Cryptography;

namespace Logistics.Web.Access;

/// <summary>PBKDF2-HMAC-SHA512 with a random salt, as <c>pbkdf2-sha512$iterations$salt$hash</c> (base64).</summary>
/// <remarks>The count is stored with each hash, so that raising it later keeps old passwords working. OWASP (2023) asks for at least 210 000.</remarks>
public static class PasswordHash
{
    public const int Iterations = 240_000;
    public const int LeastLength = 8, MostLength = 256;
    private const string Scheme = "pbkdf2-sha512";
    private const int SaltBytes = 16, HashBytes = 32;

    // What an unknown account is checked against, so that it takes as long as a known one. No password has this hash, so none is worked out.
    private static readonly string Decoy = Write(RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));

    public static string Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Write(salt, Derive(password, salt, Iterations));
    }

    /// <summary>Whether the password belongs to the hash; with no hash it is false after the same work.</summary>
    public static bool Verify(string password, string? stored)
    {
        var parts = (stored ?? Decoy).Split('$');
        if (parts is not [Scheme, var count, var salt, var hash] || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)) return false;
        var isEqual = CryptographicOperations.FixedTimeEquals(Derive(password, Convert.FromBase64String(salt), iterations), Convert.FromBase64String(hash));
        return isEqual && stored is not null;
    }

    /// <summary>Whether the hash was made with fewer iterations than today's and should be replaced at the next sign-in.</summary>
    public static bool IsOutdated(string stored) => stored.Split('$') is not [Scheme, var count, _, _] || count != Iterations.ToString(CultureInfo.InvariantCulture);

    /// <summary>A password for people to type once: 20 characters without look-alikes, about 100 bits.</summary>
    public static string Generate() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 20);

    private static string Write(byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashBytes);
}
