using Logistics.Domain;

namespace Logistics.Planning.Demo;

/// <summary>How large a demo city to make. Equal options give equal cities, ids included.</summary>
public sealed record DemoOptions
{
    /// <summary>The service day, local to Beijing.</summary>
    public required DateOnly Day { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Parcels of the day, in [1, 200 000].</summary>
    public int Parcels { get; init; } = 3_000;

    /// <summary>Terminals, in [1, 20 000]; null = one for 20 parcels.</summary>
    public int? Terminals { get; init; }

    /// <summary>Vehicles with courier and shift, in [3, 5 000]; null = one for 75 parcels.</summary>
    public int? Vehicles { get; init; }

    /// <summary>Days of history before <see cref="Day"/>, in [0, 1 100]. With more than a year every sale and holiday to come has been seen once.</summary>
    public int HistoryDays { get; init; } = 120;

    public int TerminalCount => Terminals ?? Math.Max(10, Parcels / 20);
    public int VehicleCount => Vehicles ?? Math.Max(4, Parcels / 75);

    /// <summary>All that is wrong with the options; empty when they can be used.</summary>
    public IReadOnlyList<string> Check()
    {
        var problems = new List<string>();
        Require("Parcels", Parcels, 1, 200_000);
        Require("Terminals", TerminalCount, 1, 20_000);
        Require("Vehicles", VehicleCount, 3, 5_000);
        Require("HistoryDays", HistoryDays, 0, 1_100);
        if (Day.Year is < 2000 or > 2099) problems.Add($"Day {Day:yyyy-MM-dd} must be in the years 2000 to 2099.");
        return problems;

        void Require(string name, int value, int least, int most)
        {
            if (value < least || value > most) problems.Add(FormattableString.Invariant($"{name} {value} must be in [{least}, {most}]."));
        }
    }
}

/// <summary>A whole demo city: what the web host stores on its first start.</summary>
public sealed record DemoData
{
    public required DemoOptions Options { get; init; }
    public required NetworkSnapshot Network { get; init; }

    /// <summary>The day's shifts, one for each vehicle.</summary>
    public required IReadOnlyList<Shift> Shifts { get; init; }

    /// <summary>Every locker's boxes, some still occupied from the days before, a few faulty.</summary>
    public required IReadOnlyList<Compartment> Compartments { get; init; }

    /// <summary>The day's parcels, state promised.</summary>
    public required IReadOnlyList<Parcel> Parcels { get; init; }

    public required IReadOnlyList<DailyVolume> History { get; init; }
}
