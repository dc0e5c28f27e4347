using Logistics.Forecasting.Dwell;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests.Dwell;

public sealed class DwellTests
{
    [Fact]
    public void Curve_of_many_parcels_follows_their_true_stay()
    {
        // Exponential stays of 10 hours on average: e^(−t/10) are still there.
        var random = new SeededRandom(1);
        var model = new DwellModel(Enumerable.Range(0, 20_000).Select(_ => new DwellRecord("T", DayOfWeek.Monday, -10 * Math.Log(1 - random.NextDouble()), true)));
        var curve = model["T", DayOfWeek.Monday];
        foreach (var hours in new[] { 5, 10, 20, 40 }) Assert.Equal(Math.Exp(-hours / 10.0), curve[hours], 0.02);
        Assert.Equal(Math.Exp(-0.5), curve.StillThere(7, 5), 0.03);
    }

    [Fact]
    public void Parcels_still_there_count_as_long_stays()
    {
        DwellRecord[] gone = [.. Enumerable.Repeat(new DwellRecord("T", DayOfWeek.Monday, 5, true), 200)];
        DwellRecord[] waiting = [.. Enumerable.Repeat(new DwellRecord("T", DayOfWeek.Monday, 30, false), 200)];
        var (without, with) = (new DwellModel(gone)["T", DayOfWeek.Monday], new DwellModel(gone.Concat(waiting))["T", DayOfWeek.Monday]);
        Assert.InRange(without[10], 0, 0.1);
        Assert.InRange(with[10], 0.4, 0.6);
    }

    [Fact]
    public void New_terminal_starts_as_the_network()
    {
        var model = new DwellModel(Enumerable.Repeat(new DwellRecord("old", DayOfWeek.Monday, 20, true), 500));
        // After 12 hours nearly nobody has come at either, after 24 nearly everybody.
        Assert.Equal(model["old", DayOfWeek.Sunday][12], model["new", DayOfWeek.Monday][12], 0.05);
        Assert.InRange(model["new", DayOfWeek.Monday][24], 0, 0.1);
    }

    [Fact]
    public void Curves_fall_from_one_and_never_rise_even_without_records()
    {
        var curve = new DwellModel([new("T", DayOfWeek.Friday, double.NaN, true), new("T", DayOfWeek.Friday, -3, true)])["T", DayOfWeek.Friday];
        Assert.Equal(1, curve[0]);
        for (var h = 1; h < 400; h++) Assert.InRange(curve[h], 0, curve[h - 1]);
    }

    [Fact]
    public void Promise_without_uncertainty_is_what_is_left()
    {
        Assert.Equal(7, FreeCompartments.Promise(10, [1, 1, 1, 0], 0, 0.9));
        Assert.Equal(0, FreeCompartments.Promise(2, [1, 1, 1], 0, 0.9));
        Assert.Equal(0, FreeCompartments.Promise(0, [], 0, 0.9));
    }

    [Theory]
    // Two parcels at 50 %: 0, 1, 2 occupied with ¼, ½, ¼.
    [InlineData(0.25, 5)]
    [InlineData(0.5, 4)]
    [InlineData(0.75, 4)]
    [InlineData(0.9, 3)]
    public void Promise_is_the_quantile_of_the_occupied_count(double certainty, int expected) =>
        Assert.Equal(expected, FreeCompartments.Promise(5, [0.5, 0.5], 0, certainty));

    [Fact]
    public void Promise_holds_as_often_as_it_says()
    {
        var random = new SeededRandom(2);
        double[] chances = [.. Enumerable.Range(0, 30).Select(_ => random.NextDouble())];
        const double deposits = 6;
        var promise = FreeCompartments.Promise(40, chances, deposits, 0.9);
        var held = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var occupied = chances.Count(c => random.NextDouble() < c);
            // Poisson by waiting times.
            for (var t = -Math.Log(1 - random.NextDouble()); t < deposits; t -= Math.Log(1 - random.NextDouble())) occupied++;
            if (40 - occupied >= promise) held++;
        }

        Assert.InRange(held / 20_000.0, 0.89, 0.97);
    }

    [Fact]
    public void Expected_remaining_averages_the_curve_over_the_span()
    {
        var curve = new DwellModel(Enumerable.Repeat(new DwellRecord("T", DayOfWeek.Monday, 50, true), 5000))["T", DayOfWeek.Monday];
        Assert.Equal(12, FreeCompartments.ExpectedRemaining(curve, 12, 10), 0.1);
        Assert.InRange(FreeCompartments.ExpectedRemaining(curve, 12, 100), 5.5, 6.6);
    }
}
