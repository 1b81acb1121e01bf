namespace Adamant.Cli.Tests;

[CollectionDefinition]
public sealed class OnCommandLine : ICollectionFixture<TrainedModels>;
