using Adamant.Engine;

namespace Adamant.Cli.Tests;

/// <summary>Two tiny models, trained once by the command line itself.</summary>
public sealed class TrainedModels : IAsyncLifetime
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("adamant-cli-").FullName;

    /// <summary>A StridedCnn on digits: [1, 8, 8], ten classes.</summary>
    public string Cnn => Path.Combine(Folder, "cnn.safetensors");

    /// <summary>An Mlp on wdbc: [30], two classes.</summary>
    public string Mlp => Path.Combine(Folder, "mlp.safetensors");

    public async ValueTask InitializeAsync()
    {
        NativeEngine.Start();
        set_num_threads(1);
        Assert.Equal(0, (await CliRun.Of("train", "-d", "digits", "-m", "strided-cnn", "--epochs", "3", "-b", "32", "--lr", "0.005", "-o", Cnn)).Code);
        Assert.Equal(0, (await CliRun.Of("train", "-d", "wdbc", "--epochs", "2", "-o", Mlp)).Code);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
