using Adamant.Training;

namespace Adamant.Cli.Results;

/// <summary>A <see cref="Proportion"/> in JSON: the share, its 95 % Wilson interval, and the counts.</summary>
internal sealed record Share(double? Value, double Low, double High, long Successes, long Trials)
{
    public static Share Of(Proportion p) => new(double.IsNaN(p.Value) ? null : p.Value, p.Wilson95.Low, p.Wilson95.High, p.Successes, p.Trials);

    /// <summary>As a table shows it.</summary>
    public override string ToString() => new Proportion(Successes, Trials).ToString();
}
