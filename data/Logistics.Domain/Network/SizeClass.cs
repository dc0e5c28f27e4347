namespace Logistics.Domain;

/// <summary>Parcel and compartment sizes, nested: a parcel fits a compartment of its own class or any later one.</summary>
public enum SizeClass
{
    S,
    M,
    L,
    XL,
}

/// <summary>A count for each size class.</summary>
public readonly record struct SizeCounts(int S, int M, int L, int XL)
{
    public int this[SizeClass size] => size switch
    {
        SizeClass.S => S,
        SizeClass.M => M,
        SizeClass.L => L,
        _ => XL,
    };

    public int Total() => S + M + L + XL;

    /// <summary>The largest class with at least one compartment, or null when there is none.</summary>
    public SizeClass? Largest() => XL > 0 ? SizeClass.XL : L > 0 ? SizeClass.L : M > 0 ? SizeClass.M : S > 0 ? SizeClass.S : null;

    public SizeCounts With(SizeClass size, int count) => size switch
    {
        SizeClass.S => this with { S = count },
        SizeClass.M => this with { M = count },
        SizeClass.L => this with { L = count },
        _ => this with { XL = count },
    };
}
