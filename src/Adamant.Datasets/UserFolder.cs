namespace Adamant.Datasets;

/// <summary>The folder in which a user keeps the files of one set.</summary>
/// <param name="folder">Holds the folders of all sets; null for nowhere.</param>
/// <param name="set">The name of the set and of its folder.</param>
/// <param name="files">The files that it needs, each plain or with <c>.gz</c>.</param>
internal sealed class UserFolder(string? folder, string set, params IReadOnlyList<string> files)
{
    /// <summary>Whether all files are there.</summary>
    public Availability Availability => folder is null
        ? new Availability(false, "no folder is given", HowToGet)
        : files.All(file => Find(file) is not null) ? new Availability(true, Place) : new Availability(false, $"not in {Place}", HowToGet);

    private string HowToGet => $"Put {string.Join(" and ", files)} (.gz or not) into the folder {set} below {DatasetCatalog.FolderVariable}.";

    private string Place => Path.Combine(folder!, set);

    /// <summary>The path of a file.</summary>
    /// <exception cref="FileNotFoundException">The set is not there: says how to get it.</exception>
    public string PathOf(string file) => Availability.IsAvailable ? Find(file)! : throw new FileNotFoundException($"'{set}' cannot be loaded: {Availability.Reason}. {HowToGet}");

    private string? Find(string file) => new[] { Path.Combine(Place, file), Path.Combine(Place, file + ".gz") }.FirstOrDefault(File.Exists);
}
