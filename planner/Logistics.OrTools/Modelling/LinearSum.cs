using Logistics.OrTools.Protocol;

namespace Logistics.OrTools.Modelling;

/// <summary>A sum of variables and a constant under construction: Σ coefficient · variable + <see cref="Constant"/>.</summary>
public sealed class LinearSum
{
    private readonly List<int> _variables = [];
    private readonly List<long> _coefficients = [];

    /// <summary>The part without variables.</summary>
    public long Constant { get; private set; }

    /// <summary>Number of terms.</summary>
    public int Count => _variables.Count;

    /// <summary>The sum of <paramref name="literals"/>: how many of them are true.</summary>
    public static LinearSum CountOf(IEnumerable<Literal> literals)
    {
        var sum = new LinearSum();
        foreach (var literal in literals) sum.Add(literal);
        return sum;
    }

    /// <summary>Adds a multiple of an integer variable.</summary>
    public LinearSum Add(IntVar variable, long coefficient = 1)
    {
        if (coefficient == 0) return this;
        _variables.Add(variable.Index);
        _coefficients.Add(coefficient);
        return this;
    }

    /// <summary>Adds <paramref name="coefficient"/> where <paramref name="literal"/> is true.</summary>
    public LinearSum Add(Literal literal, long coefficient = 1)
    {
        // c · (1 − x) for a negation, because a sum holds variables only.
        if (literal.IsNegated) Constant += coefficient;
        return Add(new IntVar(literal.Variable), literal.IsNegated ? -coefficient : coefficient);
    }

    /// <summary>A copy with a multiple of <paramref name="variable"/> added.</summary>
    public LinearSum Plus(IntVar variable, long coefficient)
    {
        var copy = new LinearSum { Constant = Constant };
        copy._variables.AddRange(_variables);
        copy._coefficients.AddRange(_coefficients);
        return copy.Add(variable, coefficient);
    }

    /// <summary>Adds a constant.</summary>
    public LinearSum Add(long constant)
    {
        Constant += constant;
        return this;
    }

    /// <summary>The sum's value where each variable has its entry of <paramref name="values"/>.</summary>
    public long ValueIn(IReadOnlyList<long> values)
    {
        var value = Constant;
        for (var i = 0; i < _variables.Count; i++) value += _coefficients[i] * values[_variables[i]];
        return value;
    }

    internal LinearConstraintProto ToConstraint(long min, long max)
    {
        // The ends stand for "no limit" and must not wrap around.
        var low = min == long.MinValue ? min : min - Constant;
        var high = max == long.MaxValue ? max : max - Constant;
        return new() { Vars = { _variables }, Coeffs = { _coefficients }, Domain = { low, high } };
    }

    internal CpObjectiveProto ToObjective() => new() { Vars = { _variables }, Coeffs = { _coefficients }, Offset = Constant, ScalingFactor = 1 };

    internal LinearExpressionProto ToExpression() => new() { Vars = { _variables }, Coeffs = { _coefficients }, Offset = Constant };
}
