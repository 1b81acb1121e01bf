using System.Text.Json.Serialization;
using Adamant.Data;
using Adamant.Training;

namespace Adamant.Auditing;

/// <summary>How evidence is written as JSON, generated at build time.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(ProportionJson), typeof(JsonStringEnumConverter<LearningTask>)])]
[JsonSerializable(typeof(Evidence))]
internal sealed partial class EvidenceJsonContext : JsonSerializerContext;
