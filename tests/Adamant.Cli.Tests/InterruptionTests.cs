using System.Diagnostics;
using Adamant.Serialization;

namespace Adamant.Cli.Tests;

/// <summary>Signals need a process of their own.</summary>
public sealed class InterruptionTests(TrainedModels models) : CommandLineTest(models)
{
    private string Model => At("m.safetensors");

    private string Checkpoint => At("m.checkpoint.safetensors");

    [Fact]
    public async Task Ctrl_C_writes_a_checkpoint_and_resuming_gives_the_same_weights()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends POSIX signals.");
        string[] line = ["train", "-d", "wdbc", "--epochs", "40", "-b", "4"];
        using var process = Begin([.. line, "-o", Model]);
        await Signal(process, "INT");
        Assert.Equal(ExitCode.Inconclusive, process.ExitCode);
        var error = await process.StandardError.ReadToEndAsync(Cancellation);
        Assert.Contains($"--resume {Checkpoint}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Model));

        await CliRun.Refused([.. line, "--seed", "7", "--resume", Checkpoint, "-o", Model], "checkpoint of another training", "Seed was 0, is 7");
        await CliRun.Refused([.. line, "--lr", "0.5", "--resume", Checkpoint, "-o", Model], "checkpoint of another training");
        Assert.Equal(ExitCode.Held, (await CliRun.Of([.. line, "--resume", Checkpoint, "-o", Model])).Code);
        Assert.Equal(ExitCode.Held, (await CliRun.Of([.. line, "-o", At("whole.safetensors")])).Code);
        SameWeights(At("whole.safetensors"), Model);
    }

    [Fact]
    public async Task Killed_while_it_trains_it_leaves_the_last_checkpoint_whole()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends POSIX signals.");
        string[] line = ["train", "-d", "wdbc", "--epochs", "60", "-b", "8", "-o", Model];
        using var process = Begin(line);
        await Signal(process, "KILL");
        Assert.Equal(128 + 9, process.ExitCode);
        Assert.False(File.Exists(Model));
        Assert.Equal(ExitCode.Held, (await CliRun.Of([.. line, "--resume", Checkpoint])).Code);
        Assert.True(File.Exists(Model));
    }

    [Fact]
    public async Task A_canceled_attack_writes_nothing()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await App.RunAsync(["attack", Models.Cnn, "-d", "digits", "-o", At("a.safetensors")], output, error, canceled.Token);
        Assert.Equal((ExitCode.Inconclusive, ""), (code, output.ToString()));
        Assert.EndsWith("adamant: Canceled.\n", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Folder));
    }

    private static Process Begin(string[] line)
    {
        // A shell starts background jobs with SIGINT ignored, and children inherit that: env puts it back.
        string[] program = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        var start = new ProcessStartInfo(program[0], [.. program[1..], Path.Combine(AppContext.BaseDirectory, "Adamant.Cli.dll"), .. line])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["OMP_NUM_THREADS"] = "1";
        return Process.Start(start)!;
    }

    /// <summary>Waits until there is a checkpoint, so that the signal comes in the middle of the training.</summary>
    private async Task Signal(Process process, string signal)
    {
        var clock = Stopwatch.StartNew();
        while (!File.Exists(Checkpoint) && !process.HasExited && clock.Elapsed < TimeSpan.FromSeconds(30)) await Task.Delay(20, Cancellation);
        Assert.False(process.HasExited, "The training was over before the signal.");
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static void SameWeights(string expected, string actual)
    {
        using var scope = NewDisposeScope();
        var (whole, resumed) = (SafeTensors.Read(expected).Tensors, SafeTensors.Read(actual).Tensors);
        Assert.Equal(whole.Keys.Order(), resumed.Keys.Order());
        Assert.All(whole, pair => Assert.True(pair.Value.bytes.SequenceEqual(resumed[pair.Key].bytes), pair.Key));
    }
}
