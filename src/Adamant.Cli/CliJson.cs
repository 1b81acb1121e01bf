using System.Text.Encodings.Web;
using System.Text.Json;
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
[JsonSerializable(typeof(DoctorSummary))]
[JsonSerializable(typeof(EvaluationSummary))]
[JsonSerializable(typeof(TrainingSummary))]
[JsonSerializable(typeof(IReadOnlyList<Prediction>))]
[JsonSerializable(typeof(IReadOnlyList<DatasetSummary>))]
[JsonSerializable(typeof(IReadOnlyList<DatasetCheck>))]
[JsonSerializable(typeof(DatasetCard))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>For a terminal or a file, never for a page: ε stays ε.</summary>
    public static CliJson Readable { get; } = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
