using Adamant.Data;

namespace Adamant.Cli.Results;

/// <summary>What <c>adamant data verify --json</c> prints of one part of a data set.</summary>
internal sealed record DatasetCheck(string Name, DatasetPart Part, bool Held, long Rows, string? Fault);
