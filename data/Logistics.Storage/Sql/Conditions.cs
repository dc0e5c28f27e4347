namespace Logistics.Storage;

/// <summary>The conditions of one query with the values they name, beginning with whose rows it may touch. Not thread-safe.</summary>
internal sealed class Conditions(PartnerScope scope)
{
    private readonly List<(string, object?)> _values = [.. scope.Bind()];

    /// <summary>What follows <c>where</c>.</summary>
    public string Text { get; private set; } = "1 = 1" + scope.And("partner_id");

    public (string, object?)[] Values => [.. _values];

    /// <summary>Adds a condition that names one value; a null value does not filter.</summary>
    public Conditions And(string condition, string name, object? value)
    {
        if (value is null) return this;
        Text += " and " + condition;
        Bind(name, value);
        return this;
    }

    /// <summary>Adds a value that something other than a condition names.</summary>
    public void Bind(string name, object value) => _values.Add((name, value));
}
