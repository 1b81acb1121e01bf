using System.Text.Json.Serialization;
using Adamant.Data;
using Adamant.Training;

namespace Adamant.Auditing;

/// <summary>How an audit is written as JSON, generated at build time: no reflection, so it survives trimming and native compilation.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    Converters = [typeof(ProportionJson), typeof(JsonStringEnumConverter<LearningTask>), typeof(JsonStringEnumConverter<Severity>)])]
[JsonSerializable(typeof(Audit))]
internal sealed partial class AuditJsonContext : JsonSerializerContext;
