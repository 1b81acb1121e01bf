namespace Adamant.Cli.Tests;

/// <summary>A test with the trained models and a folder of its own.</summary>
[Collection<OnCommandLine>]
public abstract class CommandLineTest(TrainedModels models) : IDisposable
{
    protected TrainedModels Models { get; } = models;

    protected string Folder { get; } = Directory.CreateTempSubdirectory("adamant-cli-").FullName;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected string At(string name) => Path.Combine(Folder, name);

    public virtual void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
