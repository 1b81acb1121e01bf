using System.Text.Json;
using System.Text.Json.Serialization;

namespace Adamant.Training;

/// <summary>A share as <c>{"successes": 6, "trials": 500, "value": 0.012, "wilson95": [0.0055, 0.0259]}</c>; only the two counts are read.</summary>
internal sealed class ProportionJson : JsonConverter<Proportion>
{
    public override Proportion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var (successes, trials) = (Count(document.RootElement, "successes"), Count(document.RootElement, "trials"));
        if (successes < 0 || successes > trials) throw new JsonException($"Expected successes from 0 to {trials}, the trials, got {successes}.");
        return new Proportion(successes, trials);
    }

    public override void Write(Utf8JsonWriter writer, Proportion value, JsonSerializerOptions options)
    {
        var (low, high) = value.Wilson95;
        writer.WriteStartObject();
        writer.WriteNumber("successes", value.Successes);
        writer.WriteNumber("trials", value.Trials);
        if (value.Trials == 0) writer.WriteNull("value");
        else writer.WriteNumber("value", value.Value);
        writer.WriteStartArray("wilson95");
        writer.WriteNumberValue(low);
        writer.WriteNumberValue(high);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static long Count(JsonElement share, string name) =>
        share.ValueKind == JsonValueKind.Object && share.TryGetProperty(name, out var count)
        && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out var value)
            ? value
            : throw new JsonException("Expected a share with whole numbers 'successes' and 'trials'.");
}
