namespace Logistics.OrTools.Modelling;

/// <summary>An integer variable of a <see cref="CpModelBuilder"/>.</summary>
/// <param name="Index">Its place in the model; at least 0.</param>
public readonly record struct IntVar(int Index);

/// <summary>A Boolean variable of a <see cref="CpModelBuilder"/>, or its negation.</summary>
/// <param name="Index">Its place in the model, or −i − 1 for the negation of variable i.</param>
public readonly record struct Literal(int Index)
{
    /// <summary>True where this is false.</summary>
    public Literal Not => new(-Index - 1);

    /// <summary>True for a negation.</summary>
    public bool IsNegated => Index < 0;

    /// <summary>Index of the variable itself.</summary>
    public int Variable => IsNegated ? -Index - 1 : Index;
}
