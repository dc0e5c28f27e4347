using System.Diagnostics.CodeAnalysis;

namespace Logistics.Domain;

/// <summary>Why a change was refused: a stable code for programs, a sentence with names and values for people.</summary>
public sealed record Refusal(string Code, string Message);

/// <summary>Either the new value or the reason there is none. Refusals are expected outcomes, not exceptions.</summary>
public readonly record struct Outcome<T> where T : class
{
    private Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Value is not null;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);

    [SuppressMessage("Design", "CA1000", Justification = "The named alternate of the implicit operator.")]
    public static Outcome<T> ToOutcome(T value) => value;
}
