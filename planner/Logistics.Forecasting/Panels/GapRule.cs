namespace Logistics.Forecasting.Panels;

/// <summary>What a day without a row means, after the series' first row.</summary>
public enum GapRule
{
    /// <summary>Nothing came: the volume is 0. Right for shipment extracts, which have no row for an empty day.</summary>
    Zero,

    /// <summary>The record was lost: the value of the same weekday a week before stands in.</summary>
    CarrySameWeekday,
}
