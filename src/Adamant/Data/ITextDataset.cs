using Adamant.Texts;

namespace Adamant.Data;

/// <summary>A data set of texts that shows them, not their tokens alone.</summary>
public interface ITextDataset : IDataset
{
    /// <summary>How the texts become tokens.</summary>
    TextEncoding Encoding { get; }

    /// <summary>The texts in the order of the rows.</summary>
    IReadOnlyList<string> Texts { get; }

    /// <summary>The number of tokens of each text, after cutting: batches of similar lengths need little padding.</summary>
    IReadOnlyList<int> Lengths { get; }
}
