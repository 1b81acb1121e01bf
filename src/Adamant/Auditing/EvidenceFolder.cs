using System.Text.Encodings.Web;
using System.Text.Json;
using Adamant.Data;
using Adamant.Serialization;

namespace Adamant.Auditing;

/// <summary>A folder of evidence, as it was read: nothing in it is believed yet, see <see cref="EvidenceVerifier"/>.</summary>
public sealed class EvidenceFolder : IDisposable
{
    /// <summary>The file of the claims.</summary>
    public const string ClaimsName = "evidence.json";

    /// <summary>The file of the tensors: <c>inputs</c>, <c>labels</c>, <c>adversarials</c>.</summary>
    public const string TensorsName = "adversarials.safetensors";

    private static readonly string[] Expected = ["inputs", "labels", "adversarials"];
    private const int Format = 1;
    private const long MostBytes = 1L << 30;                    // of the claims: three million samples

    private static readonly EvidenceJsonContext Context = new(new JsonSerializerOptions(EvidenceJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,  // a file for people and machines, never pasted into a page: ε stays ε
    });

    private EvidenceFolder(Evidence evidence, IReadOnlyDictionary<string, Tensor> tensors, string sha256) =>
        (Evidence, Tensors, TensorsSha256) = (evidence, tensors, sha256);

    /// <summary>What is claimed.</summary>
    public Evidence Evidence { get; }

    /// <summary>The tensors by name; none for texts.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>SHA-256 of the tensors' file as it lies there; empty for texts.</summary>
    public string TensorsSha256 { get; }

    /// <summary>Reads a folder. No name that a file states is used to open another one.</summary>
    /// <param name="folder">Written by <see cref="EvidenceRecorder.Write"/>.</param>
    /// <exception cref="InvalidDataException">A file is damaged, too large, of a later format, or incomplete: one line that names it.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static EvidenceFolder Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder '{folder}'. Expected one that 'adamant attack --evidence' wrote.");
        var path = Path.Combine(folder, ClaimsName);
        var evidence = ReadClaims(path);
        if (evidence.Threat.Ball is null) return new EvidenceFolder(evidence, new Dictionary<string, Tensor>(), "");

        using var scope = NewDisposeScope();
        var file = Path.Combine(folder, TensorsName);
        var (tensors, _) = SafeTensors.Read(file);
        var missing = Expected.FirstOrDefault(name => !tensors.ContainsKey(name));
        if (missing is not null) throw new InvalidDataException($"{file}: expected tensors inputs, labels and adversarials, got no {missing}.");
        foreach (var tensor in tensors.Values) tensor.DetachFromDisposeScope();
        return new EvidenceFolder(evidence, tensors, InputFile.Sha256(file));
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in Tensors.Values) tensor.Dispose();
    }

    /// <summary>Writes the tensors, then the claims with their hash: a run that dies in between leaves evidence that does not verify.</summary>
    internal static Evidence Write(string folder, IReadOnlyDictionary<string, Tensor> tensors, Evidence evidence)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var bytes = tensors.Values.Sum(t => t.numel() * t.ElementSize);
        if (bytes > DataLimits.Bytes) throw new ArgumentException($"Expected at most 2 GiB of samples as evidence, got {bytes:N0} bytes. Attack fewer samples.");
        if (File.Exists(folder)) throw new IOException($"'{folder}' is a file. Expected a folder for the evidence.");
        Directory.CreateDirectory(folder);
        var hash = tensors.Count == 0 ? "" : SafeTensors.WriteHashed(Path.Combine(folder, TensorsName), tensors, new Dictionary<string, string>());
        var whole = evidence with { TensorsSha256 = hash };
        AtomicFile.Write(Path.Combine(folder, ClaimsName), stream => JsonSerializer.Serialize(stream, whole, Context.Evidence));
        return whole;
    }

    private static Evidence ReadClaims(string path)
    {
        using var stream = InputFile.Open(path);
        if (stream.Length > MostBytes) throw new InvalidDataException($"{path}: expected at most {MostBytes:N0} bytes, got {stream.Length:N0}.");
        try
        {
            var evidence = JsonSerializer.Deserialize(stream, Context.Evidence) ?? throw new InvalidDataException($"{path}: expected evidence, got null.");
            if (evidence.Format != Format)
                throw new InvalidDataException($"{path}: expected format {Format}, got {evidence.Format}. Read it with the version of Adamant that wrote it.");
            if (evidence.Samples.Count == 0 || evidence.Samples.Any(s => s is null)) throw new InvalidDataException($"{path}: expected the outcome of at least one sample.");
            return (evidence.Threat.Ball is null) == (evidence.Threat.Unit is null)
                ? throw new InvalidDataException($"{path}: expected a threat with a ball, or with the unit of its edits.")
                : evidence;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}: expected evidence as JSON: {e.Message}", e);
        }
    }
}
