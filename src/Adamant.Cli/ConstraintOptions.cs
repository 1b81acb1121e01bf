using System.CommandLine;
using System.Security.Cryptography;
using Adamant.Attacks;
using Adamant.Attacks.Constraints;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Victims;

namespace Adamant.Cli;

/// <summary>The option that says which rows exist and how an attacker can change one, and its reading.</summary>
internal sealed class ConstraintOptions
{
    /// <summary>The file, or the name of one that comes along.</summary>
    public Option<string?> File { get; } = new("--constraints")
    {
        Description = $"Tables: a file that says which rows exist and what can be changed, with an ε for each column; or one of {string.Join(", ", ConstraintFiles.Names)}. See docs/guide/constraints.md.",
    };

    /// <summary>The constraints for some data; null where the user names none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, contradicts itself, or belongs to other data.</exception>
    public FeatureConstraints? Read(ParseResult arguments, DatasetCard card) =>
        arguments.GetValue(File) is { } name ? TableConstraints.Of(ConstraintFiles.Open(name), card) : null;

    /// <summary>Tells constraints apart: a name that comes along, or the SHA-256 of the file.</summary>
    public string Identity(ParseResult arguments) => arguments.GetValue(File) is not { } name ? ""
        : !System.IO.File.Exists(name) ? name
        : Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(name)));

    /// <summary>The ball in which ε is 1 for the whole change of each column; <paramref name="epsilon"/> of it where the user gives one.</summary>
    public static Ball Ball(FeatureConstraints constraints, string norm, double? epsilon, InputSpec input) => constraints.Around(CommonOptions.Ball(norm, epsilon ?? 1), input);
}
