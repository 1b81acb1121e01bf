using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Data;

/// <summary>What one has to know about a data set before using it; a report prints it.</summary>
public sealed record DatasetCard
{
    /// <summary>The name by which the command line knows the set, or the file's name.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for people.</summary>
    public string Description { get; init; } = "";

    /// <summary>The shape, type and range of one sample.</summary>
    public required InputSpec Input { get; init; }

    /// <summary>The number of samples.</summary>
    public required long Rows { get; init; }

    /// <summary>What the labels are.</summary>
    public LearningTask Task { get; init; } = LearningTask.Classification;

    /// <summary>The classes in the order of their numbers; empty in regression.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>The columns of a table, or the channels of a series, in order; empty elsewhere.</summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <summary>The units of people behind the features, in the same order; empty where the numbers are in them already.</summary>
    public IReadOnlyList<FeatureUnit> Units { get; init; } = [];

    /// <summary>
    /// Whether neighbors belong together in time, as windows do that overlap: a split then takes the last samples, not random ones, so that no row is on both sides but a window's length.
    /// </summary>
    public bool IsOrdered { get; init; }

    /// <summary>How texts become tokens; null where samples are no texts.</summary>
    public TextEncoding? Encoding { get; init; }

    /// <summary>The license as its publisher states it.</summary>
    public string License { get; init; } = "unknown";

    /// <summary>Where the data come from: a publication, a package, a file.</summary>
    public string Source { get; init; } = "";

    /// <summary>
    /// SHA-256 in lower-case hexadecimal; empty for data that are generated, or put together in memory. Of the unpacked bytes of IDX, NPY, CSV and CIFAR-10
    /// files, so that it does not depend on the compressor (several files one after the other, inputs first); of the lines <c>hash  class/file</c> of an
    /// image folder in ordinal order of the names, as <c>LC_ALL=C; sha256sum */* | sha256sum</c> computes it; of the file itself elsewhere.
    /// </summary>
    public string Sha256 { get; init; } = "";
}
