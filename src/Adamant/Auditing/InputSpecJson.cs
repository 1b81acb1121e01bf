using System.Text.Json;
using System.Text.Json.Serialization;
using Adamant.Victims;

namespace Adamant.Auditing;

/// <summary>An input contract as <c>{"type": "Float32", "shape": [1, 28, 28], "min": 0, "max": 1}</c>; a bound that is not there is null.</summary>
internal sealed class InputSpecJson : JsonConverter<InputSpec>
{
    public override InputSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            var root = document.RootElement;
            long[] shape = [.. root.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())];
            var (min, max) = (Bound(root, "min") ?? double.NegativeInfinity, Bound(root, "max") ?? double.PositiveInfinity);
            return root.GetProperty("type").GetString() switch
            {
                nameof(ScalarType.Float32) => new InputSpec(shape, min, max),
                nameof(ScalarType.Int64) when shape.Length == 1 && double.IsFinite(max) => InputSpec.Tokens((long)max + 1, shape[0]),
                var type => throw new JsonException($"Expected inputs of type Float32 or Int64, got {type}."),
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new JsonException($"Expected an input contract with 'type', 'shape', 'min' and 'max': {e.Message}", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, InputSpec value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("type", value.Type.ToString());
        writer.WriteStartArray("shape");
        foreach (var dimension in value.Shape) writer.WriteNumberValue(dimension);
        writer.WriteEndArray();
        WriteBound(writer, "min", value.Min);
        WriteBound(writer, "max", value.Max);
        writer.WriteEndObject();
    }

    private static double? Bound(JsonElement root, string name) =>
        root.GetProperty(name) is { ValueKind: not JsonValueKind.Null } bound ? bound.GetDouble() : null;

    private static void WriteBound(Utf8JsonWriter writer, string name, double bound)
    {
        if (double.IsFinite(bound)) writer.WriteNumber(name, bound);
        else writer.WriteNull(name);
    }
}
