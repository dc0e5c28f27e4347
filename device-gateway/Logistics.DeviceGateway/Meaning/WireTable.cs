using System.Text;
using System.Text.Json;

namespace Logistics.DeviceGateway.Meaning;

/// <summary>Words of the protocol and the values they stand for. Looking one up compares the few of its length and allocates nothing.</summary>
internal sealed class WireTable<T> where T : struct
{
    private readonly (byte[] Word, T Value)[][] _byLength;

    public WireTable(IEnumerable<(string Word, T Value)> words)
    {
        var encoded = words.Select(pair => (Word: Encoding.UTF8.GetBytes(pair.Word), pair.Value)).ToList();
        _byLength = [.. Enumerable.Range(0, encoded.Max(pair => pair.Word.Length) + 1).Select(length => encoded.Where(pair => pair.Word.Length == length).ToArray())];
    }

    /// <param name="text">UTF-8.</param>
    /// <returns>Null for a word that is not in the table.</returns>
    public T? Find(ReadOnlySpan<byte> text)
    {
        if (text.Length >= _byLength.Length)
        {
            return null;
        }

        foreach (var (word, value) in _byLength[text.Length])
        {
            if (text.SequenceEqual(word))
            {
                return value;
            }
        }

        return null;
    }
}

internal static class WireTable
{
    /// <summary>Every name of an enumeration, in the protocol's spelling.</summary>
    public static WireTable<T> Of<T>(JsonNamingPolicy spelling) where T : struct, Enum => new(Enum.GetValues<T>().Select(value => (spelling.ConvertName(value.ToString()), value)));
}
