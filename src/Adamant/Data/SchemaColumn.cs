using System.Text.Json.Serialization;

namespace Adamant.Data;

/// <summary>What a column of a table can hold, and how somebody who attacks can change it; all numbers in the column's own unit.</summary>
/// <remarks>A column without <see cref="Change"/> and <see cref="To"/> cannot be changed.</remarks>
public sealed record SchemaColumn
{
    /// <summary>The smallest number; null for none.</summary>
    public double? Min { get; init; }

    /// <summary>The largest number; null for none.</summary>
    public double? Max { get; init; }

    /// <summary>Whether only whole numbers exist.</summary>
    public bool Integer { get; init; }

    /// <summary>The only numbers that exist; empty for all.</summary>
    public IReadOnlyList<double> Values { get; init => field = value ?? []; } = [];

    /// <summary>The only categories that exist; empty for a column of numbers, or for whatever a model knows.</summary>
    public IReadOnlyList<string> Categories { get; init => field = value ?? []; } = [];

    /// <summary>ε of this column: the furthest that a number can be moved; null for a column that cannot be.</summary>
    public double? Change { get; init; }

    /// <summary><c>both</c> (when left out), <c>up</c> or <c>down</c>.</summary>
    public string Direction { get; init => field = value ?? "both"; } = "both";

    /// <summary>The categories that a cell can be changed to; empty for a column that cannot be changed.</summary>
    public IReadOnlyList<string> To { get; init => field = value ?? []; } = [];

    /// <summary>For people: why this is so.</summary>
    public string Note { get; init => field = value ?? ""; } = "";

    /// <summary>Whether it holds categories.</summary>
    [JsonIgnore]
    public bool IsCategorical => Categories.Count > 0 || To.Count > 0;
}
