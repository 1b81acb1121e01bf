using System.Text.Json;
using System.Text.Json.Serialization;

namespace Adamant.Victims;

/// <summary>An input contract as JSON: <c>{"type":"Float32","shape":[1,28,28],"min":0,"max":1}</c>; no <c>min</c> or <c>max</c> where there is no bound.</summary>
public sealed class InputSpecConverter : JsonConverter<InputSpec>
{
    /// <inheritdoc/>
    public override InputSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            var json = document.RootElement;
            long[] shape = [.. json.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())];
            var min = json.TryGetProperty("min", out var low) ? low.GetDouble() : double.NegativeInfinity;
            var max = json.TryGetProperty("max", out var high) ? high.GetDouble() : double.PositiveInfinity;
            return (json.GetProperty("type").GetString(), shape, min) switch
            {
                (nameof(ScalarType.Float32), _, _) => new InputSpec(shape, min, max),
                (nameof(ScalarType.Int64), [var length], 0) when max is >= 0 and < int.MaxValue => InputSpec.Tokens((long)max + 1, length),
                _ => throw new JsonException("Expected an input of type Float32, or token numbers of type Int64 and shape [length], from 0."),
            };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new JsonException("Expected an input contract with type, shape, min and max.", e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, InputSpec value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("type", value.Type.ToString());
        writer.WriteStartArray("shape");
        foreach (var dimension in value.Shape) writer.WriteNumberValue(dimension);
        writer.WriteEndArray();
        if (double.IsFinite(value.Min)) writer.WriteNumber("min", value.Min);
        if (double.IsFinite(value.Max)) writer.WriteNumber("max", value.Max);
        writer.WriteEndObject();
    }
}
