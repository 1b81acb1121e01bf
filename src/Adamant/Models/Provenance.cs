namespace Adamant.Models;

/// <summary>Where a model's weights come from: enough to make them again.</summary>
public sealed record Provenance
{
    /// <summary>The data set's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>SHA-256 of the training data in lower-case hexadecimal; empty for generated data.</summary>
    public string DatasetSha256 { get; init; } = "";

    /// <summary>What each step minimized, with all its parameters.</summary>
    public required string Objective { get; init; }

    /// <summary>The seed of everything that was random.</summary>
    public required int Seed { get; init; }

    /// <summary>The command line, ready to be pasted; empty when trained from code.</summary>
    public string Command { get; init; } = "";

    /// <summary>The version of Adamant.</summary>
    public required string AdamantVersion { get; init; }

    /// <summary>When the training ended.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Final metrics by name, e.g. <c>test accuracy</c>, shares from 0 to 1.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>The learning curves.</summary>
    public IReadOnlyList<EpochReport> History { get; init; } = [];
}
