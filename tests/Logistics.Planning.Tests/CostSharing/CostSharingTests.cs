using Logistics.Planning.CostSharing;

namespace Logistics.Planning.Tests.CostSharing;

public sealed class CostSharingTests
{
    // Three partners A, B, C: {}, A, B, AB, C, AC, BC, ABC.
    private static readonly long[] Example = [0, 600, 900, 1_100, 1_200, 1_500, 1_700, 2_000];

    [Fact]
    public void Shapley_value_of_the_worked_example()
    {
        // Orders ABC, ACB, BAC, BCA, CAB, CBA add for A: 600+600+200+300+300+300 = 2300, for B: 500+500+900+900+500+500 = 3800, for C: 900+900+900+800+1200+1200 = 5900.
        // A sixth each is 383⅓, 633⅓, 983⅓; the fen left over goes to A.
        Assert.Equal([384, 633, 983], ShapleyValue.Exact(Example));
    }

    [Fact]
    public void Worked_example_passes_the_partners_questions()
    {
        var check = CoreCheck.Of(Example, ShapleyValue.Exact(Example));

        Assert.True(check.IsInCore);
        Assert.Empty(check.PayMoreThanAlone);
        // The least happy coalition is AB: 384 + 633 − 1100 = −83; every other is further below its own cost (BC: 1616 − 1700 = −84).
        Assert.Equal(-83, check.LargestExcessFen);
    }

    [Fact]
    public void Core_check_names_the_coalition_that_would_leave_and_its_gain()
    {
        var check = CoreCheck.Of(Example, [700, 500, 800]);

        Assert.True(check.SumsToTotal);
        Assert.Equal([0], check.PayMoreThanAlone);
        // A alone: 700 − 600; AB: 1200 − 1100; AC: 1500 − 1500 gains nothing.
        Assert.Equal([(1, 100L), (3, 100L)], check.Violations.Select(v => (v.Coalition, v.GainFen)));
    }

    [Theory]
    [InlineData(300, 100, 100, 100)]
    [InlineData(600, 150, 225, 225)]
    [InlineData(900, 150, 300, 450)]
    public void Nucleolus_divides_the_talmud_s_estates(long estate, long first, long second, long third)
    {
        // Aumann & Maschler (1985): claims 100, 200, 300 (here times three); a coalition is sure of what the others' claims leave. Awards are negative costs.
        long[] claims = [300, 600, 900];
        long[] cost = [.. Enumerable.Range(0, 8).Select(s => -Math.Max(0, estate - Enumerable.Range(0, 3).Where(i => (s >> i & 1) == 0).Sum(i => claims[i])))];

        Assert.Equal([-first, -second, -third], Nucleolus.Of(cost));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    public void Nucleolus_leaves_no_coalition_unhappier_than_any_other_rule(int n)
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            var cost = RandomGame(n, seed);
            var shares = Nucleolus.Of(cost);

            Assert.Equal(cost[^1], shares.Sum());
            var excesses = Excesses(cost, shares);
            var random = new Random(seed);
            for (var other = 0; other < 40; other++)
            {
                var moved = (other == 0 ? ShapleyValue.Exact(cost) : other == 1 ? ProportionalShares.OfStandAlone(cost) : shares).ToArray();
                if (other > 1)
                {
                    int from = random.Next(n), to = random.Next(n);
                    var amount = random.Next(20, 400);
                    moved[from] -= amount;
                    moved[to] += amount;
                }

                // Rounding to the fen may cost each coalition up to n fen.
                Assert.True(IsNotLarger(excesses, Excesses(cost, moved), n), $"n {n} seed {seed} other {other}");
            }
        }
    }

    [Fact]
    public void Shapley_value_lies_in_the_core_of_games_with_economies_of_scale()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            var size = Enumerable.Range(0, 6).Select(_ => random.Next(1, 100)).ToArray();
            // A concave function of a sum is submodular, and there Shapley (1971) proves it.
            long[] cost = [.. Enumerable.Range(0, 64).Select(s => (long)(10_000 * Math.Sqrt(Enumerable.Range(0, 6).Where(i => (s >> i & 1) != 0).Sum(i => size[i]))))];

            var check = CoreCheck.Of(cost, ShapleyValue.Exact(cost));

            Assert.True(check.SumsToTotal);
            Assert.True(check.LargestExcessFen <= 6, $"seed {seed}: {check.LargestExcessFen}");
        }
    }

    [Fact]
    public void Shapley_value_treats_equals_equally_and_charges_a_stranger_nothing()
    {
        // Members 0 and 1 are alike, member 2 adds nothing anywhere.
        long[] cost = [0, 50, 50, 80, 0, 50, 50, 80];

        Assert.Equal([40, 40, 0], ShapleyValue.Exact(cost));
    }

    [Fact]
    public void Sampled_value_is_exact_in_sum_and_within_its_stated_error()
    {
        var cost = RandomGame(8, 3);
        var exact = ShapleyValue.Exact(cost);

        var sampled = ShapleyValue.Sample(8, s => cost[(int)s], 2_000, seed: 5);

        Assert.Equal(cost[^1], sampled.ShareFen.Sum());
        // Eight 95 % intervals: with this seed all hold at one and a half times the width.
        for (var i = 0; i < 8; i++) Assert.InRange(sampled.ShareFen[i], exact[i] - (1.5 * sampled.HalfWidthFen[i]) - 1, exact[i] + (1.5 * sampled.HalfWidthFen[i]) + 1);
        var rougher = ShapleyValue.Sample(8, s => cost[(int)s], 50, seed: 5);
        Assert.True(rougher.HalfWidthFen.Sum() > 3 * sampled.HalfWidthFen.Sum());
    }

    [Fact]
    public void Proportional_shares_sum_to_the_fen()
    {
        Assert.Equal([34, 33, 33], ProportionalShares.Of(100, [1, 1, 1]));
        Assert.Equal([17, 33, 50], ProportionalShares.Of(100, [1, 2, 3]));
        Assert.Equal([50, 50], ProportionalShares.Of(100, [0, 0]));
        // Alone they pay 600, 900, 1200: 4/18, 6/18, 8/18 of 2000 are 444.4, 666.6 and 888.8; the two fen left go to the first two.
        Assert.Equal([445, 667, 888], ProportionalShares.OfStandAlone(Example));
    }

    [Fact]
    public void Closing_under_splitting_never_lets_a_whole_cost_more_than_its_parts()
    {
        // AB planned badly at 1600 runs apart for 1500; ABC at 3000 runs as AB + C for 2700 or as AC + B for 2400.
        Assert.Equal([0, 600, 900, 1_500, 1_200, 1_500, 2_100, 2_400], CoalitionCosts.CloseUnderSplitting([0, 600, 900, 1_600, 1_200, 1_500, 2_500, 3_000]));
    }

    [Theory]
    [InlineData(new long[] { 0, 1, 2 }, "3 entries")]
    [InlineData(new long[] { 5, 1 }, "empty coalition costs 5")]
    public void Malformed_tables_are_refused(long[] cost, string expected)
    {
        var error = Assert.Throws<ArgumentException>(() => ShapleyValue.Exact(cost));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static long[] RandomGame(int n, int seed)
    {
        var random = new Random(seed);
        return CoalitionCosts.CloseUnderSplitting([.. Enumerable.Range(0, 1 << n).Select(s => s == 0 ? 0L : (long)(1_000 * Math.Pow(System.Numerics.BitOperations.PopCount((uint)s), 0.8) * (0.7 + (0.6 * random.NextDouble()))))]);
    }

    private static List<long> Excesses(long[] cost, long[] shares) =>
        [.. Enumerable.Range(1, cost.Length - 2).Select(s => Enumerable.Range(0, shares.Length).Where(i => (s >> i & 1) != 0).Sum(i => shares[i]) - cost[s]).OrderDescending()];

    private static bool IsNotLarger(List<long> a, List<long> b, int tolerance)
    {
        for (var i = 0; i < a.Count; i++)
        {
            if (a[i] < b[i] - tolerance) return true;
            if (a[i] > b[i] + tolerance) return false;
        }

        return true;
    }
}
