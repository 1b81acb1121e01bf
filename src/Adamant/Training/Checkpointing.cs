namespace Adamant.Training;

/// <summary>Where and how often a training saves its state: after each epoch, on cancellation, and in between.</summary>
/// <remarks>The file is replaced in one step, so that a training killed at any moment leaves the previous one whole.</remarks>
/// <param name="Path">The file, <c>.safetensors</c>; its folder must exist.</param>
public sealed record Checkpointing(string Path)
{
    /// <summary>Saves within an epoch too, when this time has passed; one minute by default.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Continues from the file where it exists; otherwise a training starts anew and replaces it. False by default.</summary>
    public bool Resume { get; init; }
}
