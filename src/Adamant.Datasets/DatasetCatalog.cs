using Adamant.Data;

namespace Adamant.Datasets;

/// <summary>The data sets that Adamant knows by name.</summary>
/// <param name="folder">Where the user's files are, one folder for each set; null for the environment variable <c>ADAMANT_DATA_DIR</c>.</param>
public sealed class DatasetCatalog(string? folder = null)
{
    /// <summary>The environment variable that names the folder of the user's files.</summary>
    public const string FolderVariable = "ADAMANT_DATA_DIR";

    private readonly string? folder = folder ?? (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } set ? set : null);

    /// <summary>All sets, those that need nothing first.</summary>
    public IReadOnlyList<INamedDataset> All =>
    [
        new FashionMini(), new Digits(), new Signs(),
        new Wdbc(), new Credit(), new Transactions(),
        LogicGate.And, LogicGate.Xor, new TwoMoons(),
        new Reviews(), new SpamMail(), new Tickets(), new Persuasion(), new Dates(), new Reversal(),
        new Degradation(), new Market(), new Ecg(), new Memory(),
        new Fashion(folder), new Mnist(folder), new Cifar10Set(folder), new Cmapss(folder), new Ecg5000(folder), new CreditDefault(folder),
        new RtPolarity(folder), new Banking77(folder), new SmsSpam(folder),
    ];

    /// <summary>The set of that name; null when there is none.</summary>
    public INamedDataset? Find(string name) => All.FirstOrDefault(set => set.Name == name);

    /// <summary>Opens a set by its name, or a file or folder by its path.</summary>
    /// <param name="nameOrPath">A name of <see cref="All"/>, or whatever <see cref="DataFile"/> reads. A name wins over a file of the same name: write <c>./digits</c> for the file.</param>
    /// <param name="options">The part, and what a file cannot say about itself.</param>
    /// <exception cref="FileNotFoundException">Neither a name nor a file, or a set whose files are missing.</exception>
    /// <exception cref="InvalidDataException">The content is damaged.</exception>
    public IDataset Open(string nameOrPath, DataFileOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        var part = options?.Part ?? DatasetPart.Train;
        if (Find(nameOrPath) is { } set)
        {
            return (set, options?.Text) switch
            {
                (TextSet texts, { } text) => texts.Load(part, text),
                (Persuasion novel, { } text) => novel.Load(part, text),
                _ => set.Load(part),
            };
        }
        if (File.Exists(nameOrPath) || Directory.Exists(nameOrPath)) return DataFile.Open(nameOrPath, options);
        throw new FileNotFoundException($"Expected a file, a folder or one of {string.Join(", ", All.Select(s => s.Name))}; got '{nameOrPath}'.", nameOrPath);
    }
}
