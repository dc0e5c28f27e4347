namespace Logistics.Forecasting.Tests;

public sealed class ForecastExplainerTests
{
    [Fact]
    public void Drivers_add_up_to_the_trees_forecast_and_name_the_weekday_of_a_weekly_series()
    {
        var panel = SamplePanels.Panel(6, 250);
        var model = VolumeForecaster.Train(panel, SamplePanels.Calendar, SamplePanels.Quick);
        var explainer = new ForecastExplainer(model, panel, SamplePanels.Calendar);
        var explanation = explainer.FindExplanation("T1-P0", 3)!;

        Assert.Equal(panel.LastDate.AddDays(3), explanation.Date);
        var total = explanation.BaseVolume + explanation.Drivers.Sum(d => d.Parcels);
        var p50 = model.Predict(panel, SamplePanels.Calendar).First(f => f.SeriesId == "T1-P0").P50[2];
        Assert.InRange(total, p50 * 0.7, p50 * 1.3);
        Assert.Contains(explanation.Drivers.Take(8), d => d.Feature.Contains("weekday", StringComparison.Ordinal) || d.Feature.StartsWith("smooth", StringComparison.Ordinal));
        Assert.Null(explainer.FindExplanation("unknown", 1));
    }
}
