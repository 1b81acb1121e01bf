using System.Diagnostics;

namespace Adamant.Cli.Tests;

/// <summary>A disk of 96 KiB, where the system lets the test mount one.</summary>
public sealed class FullDiskTests : CommandLineTest
{
    private readonly string disk;
    private readonly bool mounted;

    public FullDiskTests(TrainedModels models) : base(models)
    {
        disk = Directory.CreateDirectory(At("disk")).FullName;
        mounted = OperatingSystem.IsLinux() && Start("mount", "-t", "tmpfs", "-o", "size=96k", "none", disk) == 0;
    }

    public override void Dispose()
    {
        if (mounted) Start("umount", disk);
        base.Dispose();
    }

    [Fact]
    public async Task A_model_that_does_not_fit_leaves_the_old_one_and_the_training()
    {
        Assert.SkipUnless(mounted, "Needs the right to mount a tmpfs.");
        var model = Path.Combine(disk, "m.safetensors");
        File.Copy(Models.Mlp, model);
        var before = await File.ReadAllBytesAsync(model, Cancellation);
        string[] line = ["train", "-d", "digits", "-m", "strided-cnn", "--epochs", "1", "--checkpoint", At("c.safetensors")];

        var run = await CliRun.Of([.. line, "-o", model]);
        Assert.Equal(ExitCode.Misuse, run.Code);
        Assert.Contains($"adamant: The disk is full: '{model}' could not be written", run.Error, StringComparison.Ordinal);
        Assert.Contains($"--resume {At("c.safetensors")}", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(model, Cancellation));
        Assert.Single(Directory.EnumerateFileSystemEntries(disk));

        var again = await CliRun.Of([.. line[..^2], "--resume", At("c.safetensors"), "-o", At("m.safetensors")]);
        Assert.Equal(ExitCode.Held, again.Code);
        Assert.True(File.Exists(At("m.safetensors")));
    }

    [Theory]
    [InlineData("data export digits {disk}/a.npz")]
    [InlineData("data export digits {disk}/a.csv")]
    [InlineData("data export digits {disk}/a.safetensors")]
    [InlineData("attack {cnn} -d digits -n 200 -a fgsm -o {disk}/a.safetensors --batch-size 1000")]
    [InlineData("train -d digits -m simple-cnn --epochs 1 -o {disk}/m.safetensors")]
    public async Task What_does_not_fit_leaves_nothing(string line)
    {
        Assert.SkipUnless(mounted, "Needs the right to mount a tmpfs.");
        await File.WriteAllBytesAsync(Path.Combine(disk, "ballast"), new byte[60_000], Cancellation);
        await CliRun.Refused([.. line.Split(' ').Select(w => w.Replace("{disk}", disk).Replace("{cnn}", Models.Cnn))], "The disk is full: ");
        Assert.Equal(["ballast"], Directory.EnumerateFileSystemEntries(disk).Select(Path.GetFileName));
    }

    private static int Start(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
