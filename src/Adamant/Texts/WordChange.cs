namespace Adamant.Texts;

/// <summary>One piece of a <see cref="WordDiff"/>.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Text">Its characters.</param>
public readonly record struct WordChange(WordChangeKind Kind, string Text);
