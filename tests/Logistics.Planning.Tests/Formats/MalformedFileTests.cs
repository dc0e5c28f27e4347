namespace Logistics.Planning.Tests.Formats;

/// <summary>Damaged files of every format are refused with clear errors, or read as what they now say and solved; nothing throws.</summary>
public sealed class MalformedFileTests
{
    // Raised for a long run by hand.
    private static readonly int Seeds = int.TryParse(Environment.GetEnvironmentVariable("LOGISTICS_FUZZ_SEEDS"), out int seeds) ? seeds : 250;

    public static TheoryData<string> Formats => [.. HostileFiles.Formats];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Damaged_files_are_refused_or_solved(string format)
    {
        string text = HostileFiles.Find(format);
        var faults = new List<string>();
        int refused = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            string damaged = HostileFiles.Damage(text, new Random(seed));
            try
            {
                if (HostileFiles.Judge(format, damaged, seed, out var errors) is { } fault) faults.Add($"seed {seed}: {fault}\n{Trim(damaged)}");
                if (errors.Count > 0) refused++;
            }
#pragma warning disable CA1031 // That nothing escapes is what is tested.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                faults.Add($"seed {seed}: {thrown.GetType().Name} {thrown.Message} {thrown.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Logistics", StringComparison.Ordinal))}\n{Trim(damaged)}");
            }
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults\n{string.Join('\n', faults.Take(8))}");
        Assert.InRange(refused, Seeds / 5, Seeds);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Undamaged_files_are_solved(string format)
    {
        Assert.Null(HostileFiles.Judge(format, HostileFiles.Find(format), 0, out var errors));
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("solomon", "116", "abc", "Line 13: 'abc' is not a finite number")]
    [InlineData("vrplib", "DIMENSION : 4", "DIMENSION : 5", "5")]
    [InlineData("lilim", "\t3\t0\n", "\t9\t0\n", "Line 5")]
    [InlineData("vrpdo", "1 2 1 0 2 0", "1 7 1 0 2 0", "Option 1: location 7")]
    [InlineData("json", "\"place\": 1", "\"place\": 9", "9")]
    [InlineData("vroom", "\"location_index\": 1, \"delivery\"", "\"location_index\": 7, \"delivery\"", "7")]
    public void Error_names_line_or_field_and_value(string format, string good, string bad, string said)
    {
        string text = HostileFiles.Find(format);
        string damaged = text.Replace(good, bad, StringComparison.Ordinal);
        if (damaged == text) damaged = text.Replace(good.Replace(": ", ":", StringComparison.Ordinal), bad.Replace(": ", ":", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.NotEqual(text, damaged);

        HostileFiles.Judge(format, damaged, 0, out var errors);

        Assert.Contains(errors, e => e.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("vrplib", "DEPOT_SECTION\n1\n", "DEPOT_SECTION\n1\n2\n3\n4\n5\n", "DEPOT_SECTION: depot 5 is not node 5")]
    [InlineData("vrplib with windows", "DIMENSION : 4", "DIMENSION : 999999", "FULL_MATRIX of dimension 999999 needs 999998000001")]
    [InlineData("json", "\"id\":\"a\"", "\"id\":\"\\ud83d\"", "half of a surrogate pair")]
    public void What_a_long_run_of_damaged_files_once_broke_is_refused(string format, string good, string bad, string said)
    {
        string text = HostileFiles.Find(format);
        Assert.Contains(good, text, StringComparison.Ordinal);

        HostileFiles.Judge(format, text.Replace(good, bad, StringComparison.Ordinal), 0, out var errors);

        Assert.Contains(errors, e => e.Contains(said, StringComparison.Ordinal));
    }

    private static string Trim(string text) => text.Length < 1_500 ? text : text[..1_500];
}
