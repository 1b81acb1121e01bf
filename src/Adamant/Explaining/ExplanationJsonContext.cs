using System.Text.Json.Serialization;
using Adamant.Data;
using Adamant.Training;

namespace Adamant.Explaining;

/// <summary>How an explanation is written as JSON, generated at build time: no reflection, so it survives trimming and native compilation.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ProportionJson), typeof(JsonStringEnumConverter<LearningTask>)])]
[JsonSerializable(typeof(Explanation))]
internal sealed partial class ExplanationJsonContext : JsonSerializerContext;
