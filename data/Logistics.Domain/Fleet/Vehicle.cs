namespace Logistics.Domain;

public enum VehicleClass
{
    Tricycle,
    Van,
    LightTruck,
    MediumTruck,
}

public enum EnergyKind
{
    Petrol,
    Diesel,
    Gas,
    Hybrid,
    Electric,
    Hydrogen,
}

/// <summary>A vehicle of the shared fleet: what it carries, what it costs, where it may go.</summary>
/// <param name="Plate">Number plate; its last digit decides plate rotation (a trailing letter counts as the digit before it).</param>
public sealed record Vehicle(string Id, string AreaId, string Plate, VehicleClass Class, EnergyKind Energy, string HomeHubId)
{
    /// <summary>Registered in the service area's own locality.</summary>
    public bool IsLocalPlate { get; init; } = true;

    /// <summary>The class access rules name, such as "truck" or "van"; finer or coarser than <see cref="Class"/>.</summary>
    public string AccessClass { get; init; } = "van";

    public int CapacityGrams { get; init; }
    public int CapacityMillilitres { get; init; }

    /// <summary>Parcels on board at once.</summary>
    public int CapacityCount { get; init; }

    /// <summary>Cost of using the vehicle at all on a day.</summary>
    public long FixedFen { get; init; }

    /// <summary>Hundredths of a fen per metre: 1 yuan a kilometre is 10.</summary>
    public int CentifenPerMetre { get; init; }

    /// <summary>Hundredths of a fen per second on duty: 36 yuan an hour is 100.</summary>
    public int CentifenPerSecond { get; init; }

    /// <summary>Extra hundredths of a fen per second past the shift's end.</summary>
    public int OvertimeCentifenPerSecond { get; init; }

    /// <summary>Travel speed relative to the area's profile; 1 is a van.</summary>
    public double SpeedFactor { get; init; } = 1;

    /// <summary>Metres a day at most, such as an electric range; null when unlimited.</summary>
    public int? MaxDistanceMetres { get; init; }

    public bool IsActive { get; init; } = true;

    /// <summary>The digit plate rotation looks at, or null when the plate has none.</summary>
    public char? RotationDigit()
    {
        for (var i = Plate.Length - 1; i >= 0; i--)
        {
            if (char.IsAsciiDigit(Plate[i])) return Plate[i];
        }
        return null;
    }
}
