using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Features;
using Logistics.Forecasting.Models;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting;

/// <summary>Says which features moved a forecast, by how many parcels.</summary>
/// <remarks>
/// Path contributions (Saabas 2014) of the median trees, averaged over members: base + Σ drivers is their forecast. The share of simple methods in the
/// final P50 is not explained; it follows the history. The trees' steps multiply; each gets its part of the parcels in proportion to its logarithm. Immutable; thread-safe.
/// </remarks>
public sealed class ForecastExplainer
{
    // Where sales were too few to be learned, what they bring stands beside the features.
    private const string SaleEffect = "promotion_effect";

    private readonly VolumeForecastModel _model;
    private readonly FeatureBuilder _builder;

    public ForecastExplainer(VolumeForecastModel model, VolumePanel panel, DayCalendar calendar)
    {
        _model = model;
        _builder = new FeatureBuilder(panel, calendar, model.Classes, model.Horizon);
    }

    /// <param name="daysAhead">1 to the model's horizon.</param>
    /// <returns>Null if the panel does not hold the series, it has no parcels, or the model has no trees.</returns>
    public Explanation? FindExplanation(string seriesId, int daysAhead)
    {
        if (daysAhead < 1 || daysAhead > _model.Horizon) throw new ArgumentOutOfRangeException(nameof(daysAhead), daysAhead, $"The model forecasts 1 to {_model.Horizon} days ahead.");
        if (_builder.Panel.FindSeries(seriesId) is not { } series) return null;
        var origin = _builder.Panel.Days - 1;
        var width = _builder.Columns.Count;
        var (row, parts, sums, values) = (new float[width], new double[width], new double[width], new double[width]);
        double start = 0;
        var count = 0;
        foreach (var member in _model.Models.Trees.Members)
        {
            if (member.Kind != MemberKind.Median) continue;
            var scale = _builder.Scale(series, origin, member.Level);
            if (scale <= 0) return null;
            _builder.Write(new ForecastPoint(series, origin, origin + daysAhead, scale), row);
            var predicted = member.Trees.Explain(row, parts);
            var (ratio, perScore) = member.IsLogarithmic ? LogRatio.Path(predicted, parts.Sum()) : (predicted, 1);
            start += ratio * scale;
            for (var f = 0; f < width; f++)
            {
                sums[f] += parts[f] * perScore * scale;
                if (count == 0) values[f] = row[f];
            }

            count++;
        }

        if (count == 0) return null;
        var sale = _builder.Sales?.Of(series, origin + daysAhead) ?? 1;
        var drivers = Enumerable.Range(0, width).Select(f => new Driver(_builder.Columns[f].Name, values[f], sums[f] / count))
            .Append(new Driver(SaleEffect, sale, (sale - 1) * (start + sums.Sum()) / count))
            .Where(d => Math.Abs(d.Parcels) > 0).OrderByDescending(d => Math.Abs(d.Parcels)).ToArray();
        return new Explanation(seriesId, _builder.Panel.DateOf(origin + daysAhead), start / count, drivers);
    }
}
