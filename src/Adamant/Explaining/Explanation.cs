using Adamant.Data;
using Adamant.Models;

namespace Adamant.Explaining;

/// <summary>What was found out about how a model works: on one sample, on a data set, or of its layers. Parts that do not apply are absent.</summary>
/// <remarks>A study without a file or a sample fills in a title and the parts that it has; the page shows what is there.</remarks>
public sealed record Explanation
{
    /// <summary>The version of this format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The heading of the page.</summary>
    public required string Title { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The version of Adamant.</summary>
    public string AdamantVersion { get; init; } = "";

    /// <summary>The command line, ready to be pasted; empty when made from code.</summary>
    public string Command { get; init; } = "";

    /// <summary>What the model is, without its vocabulary; null in a study of several.</summary>
    public ModelCard? Model { get; init; }

    /// <summary>SHA-256 of the model's file in lower-case hexadecimal; empty for one that was not saved.</summary>
    public string ModelSha256 { get; init; } = "";

    /// <summary>The number of trainable numbers.</summary>
    public long ParameterCount { get; init; }

    /// <summary>The data that the sample is from, without their vocabulary; null where there is none.</summary>
    public DatasetCard? Data { get; init; }

    /// <summary>The sample that is explained; null in a study without one.</summary>
    public ExplainedSample? Sample { get; init; }

    /// <summary>The kernels of each convolution; empty where there is none.</summary>
    public IReadOnlyList<KernelBank> Kernels { get; init; } = [];

    /// <summary>What each layer makes of the image; empty elsewhere.</summary>
    public IReadOnlyList<FeatureMaps> Stages { get; init; } = [];

    /// <summary>What each number of an image or a row adds to the answer; null elsewhere.</summary>
    public Saliency? Saliency { get; init; }

    /// <summary>Answers against the shift, a curve per model; empty where there are no images.</summary>
    public IReadOnlyList<TranslationCurve> Translations { get; init; } = [];

    /// <summary>Pictures of the plane, for models of two numbers.</summary>
    public IReadOnlyList<DecisionBoundary> Boundaries { get; init; } = [];

    /// <summary>The weights of each layer against those of a dense one; empty where there is no convolution.</summary>
    public IReadOnlyList<LayerCost> Costs { get; init; } = [];

    /// <summary>The insides of a network of sequences; null elsewhere.</summary>
    public SequenceExplanation? Sequence { get; init; }
}
