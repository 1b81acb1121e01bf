using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Adamant.Models;

/// <summary>Model cards and arguments as JSON, without reflection, so that trimmed and natively compiled programs read them too.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ModelCard))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int[]))]
internal sealed partial class ModelCardJson : JsonSerializerContext
{
    /// <summary>A card as JSON; the same card gives the same text.</summary>
    public static string Write(ModelCard card) => JsonSerializer.Serialize(card, Strict.Card);

    /// <summary>Reads a card.</summary>
    /// <exception cref="JsonException">Something is missing, null or of another type.</exception>
    public static ModelCard Read(string json)
    {
        var card = JsonSerializer.Deserialize(json, Strict.Card) ?? throw new JsonException("Expected a card, got null.");
        return card.ClassNames.Concat(card.FeatureNames).All(name => name is not null) ? card : throw new JsonException("Expected a name for each class and feature, got null.");
    }

    /// <summary>An argument of a constructor as JSON.</summary>
    public static JsonElement Of(object value) => value switch
    {
        int number => JsonSerializer.SerializeToElement(number, Default.Int32),
        double number => JsonSerializer.SerializeToElement(number, Default.Double),
        bool truth => JsonSerializer.SerializeToElement(truth, Default.Boolean),
        int[] numbers => JsonSerializer.SerializeToElement(numbers, Default.Int32Array),
        _ => throw new NotSupportedException($"Arguments of networks are int, double, bool or int[], not {value.GetType().Name}."),
    };

    /// <summary>Requires whatever may not be null: left out, it would be null even so.</summary>
    private static class Strict
    {
        public static JsonTypeInfo<ModelCard> Card { get; } = (JsonTypeInfo<ModelCard>)new JsonSerializerOptions(Default.Options)
        {
            TypeInfoResolver = Default.WithAddedModifier(type =>
            {
                foreach (var property in type.Properties.Where(p => !p.IsSetNullable)) property.IsRequired = true;
            }),
        }.GetTypeInfo(typeof(ModelCard));
    }
}
