using Adamant.Attacks;

namespace Adamant.Cli;

/// <summary>Shows the steps of an attack as progress.</summary>
internal sealed class AttackView(Action<double, string> report) : IProgress<AttackStep>
{
    public void Report(AttackStep value) => report((double)value.Step / value.Steps, $"step {value.Step}/{value.Steps}  loss {value.Loss:0.000}");
}
