using System.Text.Json;
using Adamant.Serialization;

namespace Adamant.Models;

/// <summary>One argument of an architecture.</summary>
/// <param name="Name">As in the constructor, e.g. <c>classes</c>.</param>
/// <param name="Type"><c>int</c>, <c>double</c>, <c>bool</c> or <c>int[]</c>.</param>
/// <param name="Default">What it is when left out; null where it must be given.</param>
public sealed record ArchitectureParameter(string Name, Type Type, object? Default)
{
    /// <summary>Reads a value of this parameter's type.</summary>
    /// <exception cref="ArgumentException">The value is of another type.</exception>
    internal object Bind(JsonElement value)
    {
        try
        {
            if (Type == typeof(int)) return value.GetInt32();
            if (Type == typeof(double)) return value.GetDouble();
            if (Type == typeof(bool)) return value.GetBoolean();
            return value.EnumerateArray().Select(v => v.GetInt32()).ToArray();
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new ArgumentException($"Expected {TypeName} for {Name}, got {SafeTensorsHeader.Shorten(value.ToString(), 40)}.", e);
        }
    }

    private string TypeName => this switch
    {
        { Type: var t } when t == typeof(int) => "a whole number",
        { Type: var t } when t == typeof(double) => "a number",
        { Type: var t } when t == typeof(bool) => "true or false",
        _ => "whole numbers",
    };

    /// <summary>For help texts: <c>classes=10</c>, or <c>inputs</c> where there is no default.</summary>
    public override string ToString() => Default is null ? Name : $"{Name}={ModelCardJson.Of(Default)}";
}
