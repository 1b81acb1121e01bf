namespace Adamant.Datasets.Tests;

public sealed class PlaceholderTests
{
    [Fact]
    public void The_engine_loads()
    {
        Adamant.Engine.NativeEngine.Start();
        Assert.NotEqual(Adamant.Engine.EngineLoad.Failed, Adamant.Engine.NativeEngine.Load);
    }
}
