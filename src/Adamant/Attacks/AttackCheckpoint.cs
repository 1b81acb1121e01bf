using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Attacks;

/// <summary>A file in which an attack on many samples is saved as it goes: after a break, the same run goes on where it was, with the same result.</summary>
/// <remarks>
/// State is kept after each batch, and within a batch after each attack of an ensemble. The file belongs to one model, data, threat, attack, seed and batch size:
/// another run refuses it. A finished run leaves the file behind, and the same run again reads its result from there.
/// </remarks>
/// <param name="path">A <c>.safetensors</c> file, made when it is not there.</param>
/// <param name="model">What tells the weights of the victim from others: their hash.</param>
public sealed class AttackCheckpoint(string path, string model)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>The least time between two writes; the end of the run and a break write at once.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Opens the file for one run.</summary>
    /// <exception cref="InvalidDataException">The file belongs to another run.</exception>
    internal AttackProgress Open(string attack, Batch data, Threat threat, Run run, int batchSize, Meter meter, Stopwatch clock) =>
        new(this, Fingerprint(attack, data, threat, run, batchSize), data, meter, clock);

    /// <summary>SHA-256 of everything that the result depends on.</summary>
    private string Fingerprint(string attack, Batch data, Threat threat, Run run, int batchSize)
    {
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1\n{model}\n{attack}\n{threat.Ball}\n{run.Seed}\n{batchSize}\n")));
        foreach (var tensor in new[] { data.Inputs, data.Labels, threat.Target, threat.Ball.Reach(data.Inputs) })
        {
            if (tensor is not null) hash.AppendData(tensor.contiguous().bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
