namespace Adamant.Models;

/// <summary>A parameter of an attack or a defense as help texts show it.</summary>
/// <param name="Name">In lower case with hyphens: <c>step-size</c>.</param>
/// <param name="Type">What it takes, without <c>Nullable</c>: <c>int</c>, <c>double</c>, <c>bool</c> …</param>
/// <param name="Default">Its value when it is not given; null for one that is derived.</param>
public sealed record CatalogParameter(string Name, Type Type, object? Default)
{
    /// <summary>For people: <c>steps=40</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}={(Default is bool b ? (b ? "true" : "false") : Default ?? "auto")}");
}
