namespace Adamant.Cli.Tests;

public sealed class MisuseTests(TrainedModels models) : CommandLineTest(models)
{
    [Theory]
    [InlineData("Expected a command: demo, train", "")]
    [InlineData("There is no command 'fly'", "fly")]
    [InlineData("There is no option '--fly'", "train -d digits --fly 3")]
    [InlineData("Option '--data' is required. See: adamant train --help", "train")]
    [InlineData("Expected an attack (", "attack {cnn} -d digits --attack fly")]
    [InlineData("Expected a parameter of pgd", "attack {cnn} -d digits --set fly=1")]
    [InlineData("Expected --set name=value, got 'fly'", "attack {cnn} -d digits --set fly")]
    [InlineData("Expected one of the architectures", "train -d digits -m fly")]
    [InlineData("SimpleCnn has no argument 'fly'", "train -d digits --set fly=1")]
    [InlineData("There is no data set and no file named 'fly'. The data sets are: fashion-mini", "evaluate {cnn} -d fly")]
    [InlineData("There is no data set and no file named 'fly'", "data verify fly")]
    [InlineData("Expected --norm to be linf or l2 or l1 or l0, got 'l7'.", "attack {cnn} -d digits --norm l7")]
    [InlineData("Expected a whole number for --epochs, got 'many'.", "train -d digits --epochs many")]
    [InlineData("Expected --batch-size from 1 to 1048576, got 0.", "train -d digits --batch-size 0")]
    [InlineData("Expected --limit at least 1, got 0.", "evaluate {cnn} -d digits --limit 0")]
    [InlineData("Expected --fail-under from 0 to 1, got 40.", "attack {cnn} -d digits --fail-under 40")]
    [InlineData("Expected a target class in 0..9, got 12.", "attack {cnn} -d digits --target 12")]
    [InlineData("There is no checkpoint", "train -d digits --resume {folder}/none.safetensors")]
    [InlineData("There is no folder", "train -d digits -o {folder}/none/m.safetensors")]
    [InlineData("is a folder", "attack {cnn} -d digits -o {folder}")]
    [InlineData("is a file. Expected a folder", "audit {cnn} -d digits -o {cnn}")]
    [InlineData("is a file. Expected a folder", "demo -o {cnn}")]
    [InlineData("The checkpoint and the model cannot both be", "train -d digits -o {folder}/m.safetensors --checkpoint {folder}/m.safetensors")]
    [InlineData("expected the checkpoint of a training", "train -d digits -m strided-cnn --resume {cnn} -o {folder}/m.safetensors")]
    public Task Is_told_in_one_line(string words, string line) => CliRun.Refused(Split(line), words);

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_before_any_work()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "Needs /proc, which nobody may write to.");
        await CliRun.Refused(["train", "-d", "digits", "-o", "/proc/m.safetensors"], "The folder '/proc' cannot be written.");
        await CliRun.Refused(["audit", Models.Cnn, "-d", "digits", "-o", "/proc/report"], "The folder '/proc' cannot be written.");
    }

    private string[] Split(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Replace("{cnn}", Models.Cnn).Replace("{folder}", Folder))];
}
