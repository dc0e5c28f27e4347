using System.Text.Json;

namespace Logistics.Planning.Tests.Formats;

/// <summary>The part of JSON Schema our schemas use: type, const, enum, properties, required, additionalProperties, items, anyOf, minimum, $ref.</summary>
internal static class JsonSchemaCheck
{
    public static List<string> Validate(JsonElement schema, JsonElement value)
    {
        var faults = new List<string>();
        Check(schema, schema, value, "$", faults);
        return faults;
    }

    private static void Check(JsonElement root, JsonElement schema, JsonElement value, string path, List<string> faults)
    {
        if (schema.TryGetProperty("$ref", out var reference)) schema = root.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]);
        if (schema.TryGetProperty("anyOf", out var choices) && !choices.EnumerateArray().Any(c => Passes(root, c, value))) faults.Add($"{path}: none of anyOf");
        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value)) faults.Add($"{path}: not {constant}");
        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(a => JsonElement.DeepEquals(a, value))) faults.Add($"{path}: {value} not in enum");
        if (value.ValueKind == JsonValueKind.Number && schema.TryGetProperty("minimum", out var minimum) && value.GetDouble() < minimum.GetDouble()) faults.Add($"{path}: {value} < {minimum}");
        if (schema.TryGetProperty("type", out var type) && !IsOfType(type.GetString()!, value))
        {
            faults.Add($"{path}: {value.ValueKind} is not {type}");
            return;
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            int index = 0;
            foreach (var item in value.EnumerateArray()) Check(root, items, item, $"{path}[{index++}]", faults);
        }

        if (value.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties)) return;
        foreach (var property in value.EnumerateObject())
        {
            if (properties.TryGetProperty(property.Name, out var child)) Check(root, child, property.Value, $"{path}.{property.Name}", faults);
            else faults.Add($"{path}.{property.Name}: not in the schema");
        }

        if (!schema.TryGetProperty("required", out var required)) return;
        foreach (var name in required.EnumerateArray())
            if (!value.TryGetProperty(name.GetString()!, out _)) faults.Add($"{path}.{name}: missing");
    }

    private static bool Passes(JsonElement root, JsonElement schema, JsonElement value)
    {
        var faults = new List<string>();
        Check(root, schema, value, "", faults);
        return faults.Count == 0;
    }

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => value.ValueKind == JsonValueKind.Number,
    };
}
