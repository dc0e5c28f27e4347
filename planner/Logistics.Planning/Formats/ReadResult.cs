namespace Logistics.Planning.Formats;

/// <summary>What a reader made of a text: a value, or every fault it found (line, value, rule).</summary>
public sealed record ReadResult<T>(T? Value, IReadOnlyList<string> Errors)
    where T : class
{
    public bool IsRead => Value is not null && Errors.Count == 0;
}

/// <summary>Makes read results.</summary>
public static class ReadResult
{
    public static ReadResult<T> Of<T>(T value)
        where T : class => new(value, []);

    public static ReadResult<T> Failed<T>(params IReadOnlyList<string> errors)
        where T : class => new(null, errors);
}
