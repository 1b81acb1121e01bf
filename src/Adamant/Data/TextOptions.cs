using Adamant.Texts;

namespace Adamant.Data;

/// <summary>Where the texts and labels of a file are, and how texts become tokens.</summary>
public sealed record TextOptions
{
    /// <summary>The name of the column or field with the texts; null for <c>text</c>, or for the longer one of two columns without names.</summary>
    public string? Column { get; init; }

    /// <summary>The name of the column or field with the labels; null for <c>label</c>, or for the only other column.</summary>
    public string? Label { get; init; }

    /// <summary>The classes in the order of their numbers; a label is a name or a number from 0. Null for the different labels in ordinal order.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>How texts become tokens, e.g. as in the card of a model; null to fit one to the texts.</summary>
    public TextEncoding? Encoding { get; init; }

    /// <summary>How to fit an encoding where none is given.</summary>
    public TextEncodingOptions Fit { get; init; } = new();
}
