using System.CommandLine;

namespace Adamant.Cli.Commands;

/// <summary><c>adamant selftest</c>: whether Adamant's own instruments are to be believed.</summary>
internal sealed class SelfTestCommand : Command
{
    public SelfTestCommand() : base("selftest", "Check the instruments themselves on cases with known results.") => Add(new SelfTestAttacksCommand());
}
