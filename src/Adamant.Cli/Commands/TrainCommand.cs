using System.CommandLine;
using Adamant.Data;
using Adamant.Training;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant train</c>: fits a network to data, undefended.</summary>
internal sealed class TrainCommand : TrainingCommand
{
    public TrainCommand() : base("train", "Train a network on labeled data, without any defense.", "model.safetensors") => Examples =
    [
        "adamant train --data fashion-mini --model simple-cnn --epochs 10 --output model.safetensors",
        "adamant train --data transactions --model mlp --set hidden=64,64 --balance --patience 5 --monitor auc",
        "adamant train --data fashion-mini --resume model.checkpoint.safetensors",
    ];

    protected override IObjective Objective(ParseResult arguments, IDataset data) => new PlainObjective();
}
