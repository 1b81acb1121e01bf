using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>Random words, and the same from their end: <c>desk</c> is <c>ksed</c>. Generated.</summary>
/// <remarks>3 to 12 letters; a word of the test is not in the training part.</remarks>
public sealed class Reversal : PairSet
{
    /// <inheritdoc/>
    public override string Name => "reversal";

    /// <inheritdoc/>
    public override int SourceLength => 12;

    /// <inheritdoc/>
    public override int TargetLength => 13;

    private protected override string Description => "Random words, to be written from their end.";

    private protected override string Characters => "abcdefghijklmnopqrstuvwxyz";

    private protected override (string Source, string Target) Make(SplitMix random)
    {
        var word = new char[3 + random.Below(10)];
        for (var i = 0; i < word.Length; i++) word[i] = (char)('a' + random.Below(26));
        return (new string(word), new string([.. word.Reverse()]));
    }
}
