namespace Adamant.Auditing;

/// <summary>What became of one attack in one case of the <see cref="AttackSelfTest"/>.</summary>
public enum SelfTestVerdict
{
    /// <summary>It found what there was to find.</summary>
    Passed,

    /// <summary>It found less than an attack that sees as much must find: its scores are not to be believed.</summary>
    Failed,

    /// <summary>It found less, as attacks of its kind do: on a model with such a mask its scores mean nothing.</summary>
    Blind,

    /// <summary>It does not attack in such a case at all.</summary>
    NotApplicable,
}
