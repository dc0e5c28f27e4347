namespace Logistics.Domain.Codes;

/// <summary>UPU S10 postal identifiers: two letters, eight digits, check digit, two letters of the country.</summary>
public static class S10Number
{
    public const int Length = 13;

    private static ReadOnlySpan<byte> Weights => [8, 6, 4, 2, 3, 5, 9, 7];

    /// <summary>The check digit of eight digits (UPU standard S10, 11 − weighted sum mod 11; 10 → 0, 11 → 5).</summary>
    /// <exception cref="ArgumentException">Not eight decimal digits.</exception>
    public static int CheckDigit(ReadOnlySpan<char> digits)
    {
        if (digits.Length != Weights.Length || digits.ContainsAnyExceptInRange('0', '9')) throw new ArgumentException($"\"{digits}\" is not eight digits.", nameof(digits));
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += (digits[i] - '0') * Weights[i];
        return (11 - (sum % 11)) switch
        {
            10 => 0,
            11 => 5,
            var check => check,
        };
    }

    /// <summary>Whether the text has the form and its check digit is right; letters in upper case.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length == Length && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]) && char.IsAsciiLetterUpper(text[11]) && char.IsAsciiLetterUpper(text[12])
        && !text[2..11].ContainsAnyExceptInRange('0', '9') && CheckDigit(text[2..10]) == text[10] - '0';
}
