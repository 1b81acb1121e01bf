namespace Adamant.Texts;

/// <summary>One token of a text, and the place where it stands.</summary>
/// <param name="Id">Its number in the vocabulary.</param>
/// <param name="Start">The index of its first character in the text.</param>
/// <param name="Length">Its length in characters.</param>
public readonly record struct Token(int Id, int Start, int Length);
