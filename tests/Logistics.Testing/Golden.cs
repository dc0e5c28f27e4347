using System.Runtime.CompilerServices;

namespace Logistics.Testing;

/// <summary>Compares text with a file kept beside the test.</summary>
/// <remarks>With the environment variable <c>LOGISTICS_UPDATE_GOLDEN=1</c> the file is rewritten and the test fails once, so that nobody updates by accident.</remarks>
public static class Golden
{
    /// <summary>Throws with the first differing line when <paramref name="actual"/> is not the content of <c>Golden/{name}</c>.</summary>
    public static void Matches(string actual, string name, [CallerFilePath] string testFile = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(testFile)!, "Golden", name);
        actual = Normalize(actual);
        if (Environment.GetEnvironmentVariable("LOGISTICS_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            throw new GoldenMismatchException($"{path} was rewritten; look at the difference and run again without LOGISTICS_UPDATE_GOLDEN.");
        }
        if (!File.Exists(path)) throw new GoldenMismatchException($"{path} does not exist. Run once with LOGISTICS_UPDATE_GOLDEN=1 and check what it writes.");
        var expected = Normalize(File.ReadAllText(path));
        if (expected == actual) return;
        var (want, got) = (expected.Split('\n'), actual.Split('\n'));
        var line = 0;
        while (line < want.Length && line < got.Length && want[line] == got[line]) line++;
        throw new GoldenMismatchException(
            $"{name} differs at line {line + 1}:\n  expected: {want.ElementAtOrDefault(line) ?? "(end)"}\n  actual:   {got.ElementAtOrDefault(line) ?? "(end)"}");
    }

    private static string Normalize(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
}

public sealed class GoldenMismatchException(string message) : Exception(message);
