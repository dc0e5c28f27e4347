using Logistics.OrTools.Protocol;

namespace Logistics.OrTools.Modelling;

/// <summary>Builds a CP-SAT model in words that read like the problem.</summary>
/// <remarks>Not thread-safe. Nothing is validated here: the solver answers a wrong model with <see cref="CpSatOutcome.ModelInvalid"/>.</remarks>
public sealed class CpModelBuilder(string name)
{
    /// <summary>Stands for "no lower limit".</summary>
    public const long NoMin = long.MinValue;

    /// <summary>Stands for "no upper limit".</summary>
    public const long NoMax = long.MaxValue;

    /// <summary>The model so far.</summary>
    public CpModelProto Model { get; } = new() { Name = name };

    /// <summary>A new Boolean variable.</summary>
    public Literal NewBool(string name = "") => new(NewVariable(0, 1, name));

    /// <summary>A new integer variable in the closed range [<paramref name="min"/>, <paramref name="max"/>].</summary>
    public IntVar NewInt(long min, long max, string name = "") => new(NewVariable(min, max, name));

    /// <summary>A new integer variable in a union of disjoint closed ranges in rising order.</summary>
    public IntVar NewInt(IEnumerable<(long Min, long Max)> ranges, string name = "")
    {
        var variable = new IntegerVariableProto { Name = name };
        foreach (var (min, max) in ranges) variable.Domain.AddRange([min, max]);
        Model.Variables.Add(variable);
        return new IntVar(Model.Variables.Count - 1);
    }

    /// <summary>Exactly one of <paramref name="literals"/> is true.</summary>
    public void AddExactlyOne(IEnumerable<Literal> literals) => Add(new() { ExactlyOne = Literals(literals) });

    /// <summary>At most one of <paramref name="literals"/> is true.</summary>
    public void AddAtMostOne(IEnumerable<Literal> literals) => Add(new() { AtMostOne = Literals(literals) });

    /// <summary>At least one of <paramref name="literals"/> is true.</summary>
    public void AddOr(params IEnumerable<Literal> literals) => Add(new() { BoolOr = Literals(literals) });

    /// <summary>Where <paramref name="cause"/> is true, so is <paramref name="effect"/>.</summary>
    public void AddImplication(Literal cause, Literal effect) => AddOr(cause.Not, effect);

    /// <summary>Fixes a literal to true.</summary>
    public void Fix(Literal literal) => AddOr(literal);

    /// <summary><paramref name="min"/> ≤ <paramref name="sum"/> ≤ <paramref name="max"/>, where all of <paramref name="onlyIf"/> hold.</summary>
    public void AddLinear(LinearSum sum, long min, long max, params IEnumerable<Literal> onlyIf)
    {
        var constraint = new ConstraintProto { Linear = sum.ToConstraint(min, max) };
        foreach (var literal in onlyIf) constraint.EnforcementLiteral.Add(literal.Index);
        Add(constraint);
    }

    /// <summary><paramref name="target"/> is the largest of <paramref name="sums"/>.</summary>
    public void AddMax(IntVar target, IEnumerable<LinearSum> sums)
    {
        var max = new LinearArgumentProto { Target = new LinearSum().Add(target).ToExpression() };
        foreach (var sum in sums) max.Exprs.Add(sum.ToExpression());
        Add(new() { LinMax = max });
    }

    /// <summary>The arcs whose literal is true form one circuit through every node; a node whose self-loop is true stays out.</summary>
    public void AddCircuit(IEnumerable<(int Tail, int Head, Literal Literal)> arcs)
    {
        var circuit = new CircuitConstraintProto();
        foreach (var (tail, head, literal) in arcs)
        {
            circuit.Tails.Add(tail);
            circuit.Heads.Add(head);
            circuit.Literals.Add(literal.Index);
        }

        Add(new() { Circuit = circuit });
    }

    /// <summary>Asks for the smallest <paramref name="sum"/>.</summary>
    public void Minimize(LinearSum sum) => Model.Objective = sum.ToObjective();

    /// <summary>A value to try first.</summary>
    public void Hint(IntVar variable, long value)
    {
        Model.SolutionHint ??= new();
        Model.SolutionHint.Vars.Add(variable.Index);
        Model.SolutionHint.Values.Add(value);
    }

    /// <summary>A truth to try first;.</summary>
    public void Hint(Literal literal, bool value) => Hint(new IntVar(literal.Variable), value != literal.IsNegated ? 1 : 0);

    /// <summary>A whole solution to try first, by variable; replaces earlier hints. Variables beyond it are left open.</summary>
    public void HintAll(IReadOnlyList<long> values) =>
        Model.SolutionHint = new() { Vars = { Enumerable.Range(0, values.Count) }, Values = { values } };

    private static BoolArgumentProto Literals(IEnumerable<Literal> literals) => new() { Literals = { literals.Select(l => l.Index) } };

    private int NewVariable(long min, long max, string name)
    {
        Model.Variables.Add(new IntegerVariableProto { Name = name, Domain = { min, max } });
        return Model.Variables.Count - 1;
    }

    private void Add(ConstraintProto constraint) => Model.Constraints.Add(constraint);
}
