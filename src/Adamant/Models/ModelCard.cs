using System.Text.Json;
using Adamant.Data;
using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Models;

/// <summary>What one has to know about a model besides its weights; it travels inside the weights file.</summary>
public sealed record ModelCard
{
    /// <summary>The name of the architecture in the catalog, e.g. <c>SimpleCnn</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The arguments that rebuild the architecture, by name.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Arguments { get; init; }

    /// <summary>What the model accepts, before normalization.</summary>
    public required InputSpec Input { get; init; }

    /// <summary>What the outputs are.</summary>
    public LearningTask Task { get; init; } = LearningTask.Classification;

    /// <summary>The classes in the order of the outputs; empty in regression.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>The columns of the table, or the channels of the series, that the model was trained on, in order; empty for other data.</summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <summary>How texts become tokens; null where samples are no texts.</summary>
    public TextEncoding? Encoding { get; init; }

    /// <summary>The units of channels and target, which a series network brings to a common measure by itself; null for other networks.</summary>
    public Standardization? Standardization { get; init; }

    /// <summary>The mean per channel that the victim subtracts; null for no normalization.</summary>
    public IReadOnlyList<float>? Mean { get; init; }

    /// <summary>The deviation per channel that the victim divides by; null for no normalization.</summary>
    public IReadOnlyList<float>? Std { get; init; }

    /// <summary>Where the weights come from; null when nobody said.</summary>
    public Provenance? Provenance { get; init; }
}
