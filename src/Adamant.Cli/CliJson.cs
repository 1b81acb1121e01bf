using System.Text.Json.Serialization;
using Adamant.Cli.Results;
using Adamant.Data;

namespace Adamant.Cli;

/// <summary>How results become JSON; generated, so that trimmed programs print it too.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AttackSummary))]
[JsonSerializable(typeof(CorruptionSummary))]
[JsonSerializable(typeof(DefenseSummary))]
[JsonSerializable(typeof(RegressionSummary))]
[JsonSerializable(typeof(SchemaCheck))]
[JsonSerializable(typeof(CertificationSummary))]
[JsonSerializable(typeof(DoctorSummary))]
[JsonSerializable(typeof(EvaluationSummary))]
[JsonSerializable(typeof(TrainingSummary))]
[JsonSerializable(typeof(GenerationSummary))]
[JsonSerializable(typeof(IReadOnlyList<Prediction>))]
[JsonSerializable(typeof(IReadOnlyList<DatasetSummary>))]
[JsonSerializable(typeof(IReadOnlyList<DatasetCheck>))]
[JsonSerializable(typeof(IReadOnlyList<SelfTestCheck>))]
[JsonSerializable(typeof(DatasetCard))]
[JsonSerializable(typeof(VerificationSummary))]
internal sealed partial class CliJson : JsonSerializerContext;
