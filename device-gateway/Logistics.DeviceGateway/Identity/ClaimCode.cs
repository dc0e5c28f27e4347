using System.Security.Cryptography;

namespace Logistics.DeviceGateway.Identity;

/// <summary>The code a person types or scans into a device: 80 random bits as 16 letters and digits in groups of four.</summary>
/// <remarks>Crockford's base 32: no I, L, O or U, and what looks like a 0 or 1 is read as one.</remarks>
public static class ClaimCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 16;
    private const int GroupLength = 4;

    /// <summary>A new code, such as <c>7K2M-9QX0-TTB4-18ZC</c>.</summary>
    public static string New()
    {
        var letters = RandomNumberGenerator.GetItems<char>(Alphabet, Length);
        return string.Join('-', letters.Chunk(GroupLength).Select(group => new string(group)));
    }

    /// <summary>The one spelling of a code as typed; what is no code stays something that matches none.</summary>
    public static string Normalize(string typed) => new([.. typed.Where(char.IsAsciiLetterOrDigit).Select(Read)]);

    private static char Read(char letter) => char.ToUpperInvariant(letter) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var other => other,
    };
}
