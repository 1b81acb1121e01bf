namespace Adamant.Victims;

/// <summary>Puts a module into evaluation mode (no dropout, frozen statistics), and the mode of each of its parts back afterwards.</summary>
/// <remarks>So an attack inside a training step sees the network that will be served. A module that other threads call must be in evaluation mode already.</remarks>
internal readonly struct EvaluationMode : IDisposable
{
    private readonly nn.Module[] parts;
    private readonly bool[] modes;

    private EvaluationMode(nn.Module[] parts, bool[] modes) => (this.parts, this.modes) = (parts, modes);

    /// <summary>In evaluation mode until disposed.</summary>
    public static EvaluationMode Of(nn.Module root)
    {
        nn.Module[] parts = [root, .. root.modules()];          // parents before their children
        var modes = Array.ConvertAll(parts, part => part.training);
        if (modes.Contains(true)) root.eval();
        return new EvaluationMode(parts, modes);
    }

    /// <summary>Setting a parent's mode sets its children's: parents first, then only those that differ.</summary>
    public void Dispose()
    {
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].training != modes[i]) parts[i].train(modes[i]);
        }
    }
}
