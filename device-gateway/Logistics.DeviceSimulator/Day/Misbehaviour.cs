namespace Logistics.DeviceSimulator.Day;

/// <summary>How often devices do what they should not; each a probability in [0, 1].</summary>
public sealed record Misbehaviour
{
    /// <summary>An event is sent twice.</summary>
    public double Duplicates { get; init; }

    /// <summary>An event changes places with the next.</summary>
    public double Reordering { get; init; }

    /// <summary>The connection is dropped in the middle of a batch.</summary>
    public double Drops { get; init; }

    /// <summary>The clock jumps by up to two hours either way before an event.</summary>
    public double ClockJumps { get; init; }

    /// <summary>A deposit finds no free compartment.</summary>
    public double FullLockers { get; init; }

    /// <summary>A door does not open.</summary>
    public double StuckDoors { get; init; }

    /// <summary>Power fails before a step; the device starts again with its flash memory.</summary>
    public double PowerCuts { get; init; }

    public static Misbehaviour None { get; } = new();

    /// <summary>Reads <c>duplicates=0.1,drops=0.02</c>; <c>all=0.05</c> sets every one.</summary>
    /// <exception cref="FormatException">With the part that cannot be understood.</exception>
    public static Misbehaviour Parse(string text)
    {
        var result = None;
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var pair = part.Split('=');
            if (pair is not [var name, var number] || !double.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var p) || p is not (>= 0 and <= 1))
            {
                throw new FormatException($"\"{part}\" is no misbehaviour; expected NAME=PROBABILITY with a probability from 0 to 1.");
            }

            result = result.With(name, p);
        }

        return result;
    }

    private Misbehaviour With(string name, double p) => name switch
    {
        "duplicates" => this with { Duplicates = p },
        "reordering" => this with { Reordering = p },
        "drops" => this with { Drops = p },
        "clock" => this with { ClockJumps = p },
        "full" => this with { FullLockers = p },
        "stuck" => this with { StuckDoors = p },
        "power" => this with { PowerCuts = p },
        "all" => new Misbehaviour { Duplicates = p, Reordering = p, Drops = p, ClockJumps = p, FullLockers = p, StuckDoors = p, PowerCuts = p },
        _ => throw new FormatException($"\"{name}\" is no misbehaviour; expected duplicates, reordering, drops, clock, full, stuck, power or all."),
    };
}
