using Adamant.Training;

namespace Adamant.Tests.Training;

public sealed class PlainObjectiveTests
{
    [Fact]
    public void Prints_its_name_and_nothing_else() => Assert.Equal("PlainObjective", new PlainObjective().ToString());
}
