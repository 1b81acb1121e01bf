using Adamant.Models;
using Adamant.Serialization;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Training;

/// <summary>What is refused: other trainings, damaged files, states that cannot be.</summary>
public sealed partial class CheckpointTests
{
    [Fact]
    public void Another_training_is_refused()
    {
        Train(Options(), stopAt: (2, 3));

        Assert.Contains("another training: Seed was 4, is 5.", Refused(Resumed(Options()) with { Seed = 5 }));
        Assert.Contains("Optimizer was Adam", Refused(Resumed(Options()) with { Optimizer = new Sgd() }));
        Assert.Contains("Augmentations was [RandomCrop", Refused(Resumed(Options()) with { Augmentations = [] }));
        Assert.Contains("training data was test", Refused(Resumed(Options()), samples: 39));
        Assert.Contains("another network: it has last.weight [2, 16], this one [3, 16]", Refused(Resumed(Options()), outputs: 3));
    }

    [Fact]
    public void Another_network_is_refused_even_where_its_weights_have_the_same_shapes()
    {
        using var data = Labeled(ones(4, 3, dtype: ScalarType.Int64), zeros(4, ScalarType.Int64), InputSpec.Tokens(5, 3), 2);
        var options = new TrainingOptions { Epochs = 1, Checkpoint = new Checkpointing(Path) };
        using var four = new TransformerClassifier(5, 3, 8, 4, 1, 8, 2);
        using var two = new TransformerClassifier(5, 3, 8, 2, 1, 8, 2);
        new Trainer(options).Fit(four, data, cancellation: Cancellation);

        var error = Assert.Throws<InvalidDataException>(() => new Trainer(Resumed(options)).Fit(two, data, cancellation: Cancellation));

        Assert.Contains("another training: network was TransformerClassifier {", error.Message);
        Assert.Contains("heads = 4", error.Message);
    }

    [Fact]
    public void A_damaged_file_is_refused_in_one_line()
    {
        Train(Options(), stopAt: (1, 2));
        var whole = File.ReadAllBytes(Path);
        File.WriteAllBytes(Path, whole[..(whole.Length / 2)]);
        Assert.Contains(Path, Refused(Resumed(Options())));

        using var tensor = ones(2);
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["a"] = tensor }, new Dictionary<string, string>());
        Assert.Contains("expected the checkpoint of a training", Refused(Resumed(Options())));
    }

    [Theory]
    [InlineData("optimizer/last.weight/mean", "its optimizer state last.weight/mean cannot be read")]
    [InlineData("weights/last.weight", "another network: it has 3 tensors, this one 4")]
    [InlineData("epochs/0/last.bias", "another network: it has 3 tensors, this one 4")]
    public void A_file_without_one_of_its_tensors_is_refused(string name, string expected)
    {
        Train(Options(), stopAt: (1, 2));
        var (tensors, metadata) = SafeTensors.Read(Path);
        SafeTensors.Write(Path, tensors.Where(t => t.Key != name).ToDictionary(), metadata);
        Assert.Contains(expected, Refused(Resumed(Options())));
    }

    [Theory]
    [InlineData(".*", "{}")]
    [InlineData("\"Step\":2", "\"Step\":-1")]
    [InlineData("\"Step\":2", "\"Step\":6")]
    [InlineData("\"Epoch\":1", "\"Epoch\":0")]
    [InlineData("\"Epoch\":1", "\"Epoch\":2")]
    [InlineData("\"History\":\\[\\]", "\"History\":null")]
    [InlineData("\"History\":\\[\\]", "\"History\":[null]")]
    [InlineData("\"LossSum\":[0-9.]+", "\"LossSum\":\"NaN\"")]
    [InlineData("\"Right\":[0-9]+", "\"Right\":1000")]
    [InlineData("\"Ending\":null", "\"Ending\":99")]
    public void A_state_in_which_no_training_can_be_is_refused(string pattern, string replacement)
    {
        Train(Options(), stopAt: (1, 2));
        var (tensors, metadata) = SafeTensors.Read(Path);
        var state = System.Text.RegularExpressions.Regex.Replace(metadata["state"], $"^(.*){pattern}(.*)$", $"$1{replacement}$2");
        if (pattern == ".*") state = replacement;
        Assert.NotEqual(metadata["state"], state);
        SafeTensors.Write(Path, tensors, new Dictionary<string, string>(metadata) { ["state"] = state });

        Assert.Contains("is damaged: its TrainingState cannot be read", Refused(Resumed(Options())));
    }

    [Fact]
    public void A_file_without_weights_to_go_back_to_is_refused()
    {
        Train(Options(), stopAt: (1, 2));
        var (tensors, metadata) = SafeTensors.Read(Path);
        SafeTensors.Write(Path, tensors.Where(t => !t.Key.StartsWith("epochs/", StringComparison.Ordinal)).ToDictionary(), metadata);

        Assert.Contains("its weights to go back to cannot be read", Refused(Resumed(Options())));
    }

    [Fact]
    public void Texts_of_the_file_cannot_steer_a_terminal()
    {
        Train(Options(), stopAt: (1, 2));
        var (tensors, metadata) = SafeTensors.Read(Path);
        SafeTensors.Write(Path, tensors, new Dictionary<string, string>(metadata)
        {
            ["training"] = metadata["training"].Replace("\"Seed\":\"4\"", $"\"Seed\":\"\\u001b[31m{new string('9', 5000)}\"", StringComparison.Ordinal),
        });

        var message = Refused(Resumed(Options()));
        Assert.Contains("Seed was \\u001B[31m999", message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u001b', message);
        Assert.True(message.Length < 1000);
    }
}
