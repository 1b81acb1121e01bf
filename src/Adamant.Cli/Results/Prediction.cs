namespace Adamant.Cli.Results;

/// <summary>What a model says of one sample: a class with its confidence, or a value in regression.</summary>
internal sealed record Prediction(long Sample, string? Class, double? Confidence, double? Value, string? Label)
{
    /// <summary>The text, where the sample is one that was given by itself.</summary>
    public string? Text { get; init; }
}
