namespace Adamant.Datasets;

/// <summary>The files of a set in a folder of its name, packed with gzip or not.</summary>
/// <param name="Name">The set and its folder.</param>
/// <param name="Folder">Where the folder of the set is looked for; null for nowhere.</param>
/// <param name="Files">What must be there, without <c>.gz</c>.</param>
internal sealed record InstalledFiles(string Name, string? Folder, IReadOnlyList<string> Files)
{
    /// <summary>Whether all files are there.</summary>
    public Availability Availability
    {
        get
        {
            if (Folder is null) return new Availability(false, "no folder is given", HowToGet);
            var missing = Files.FirstOrDefault(f => Find(f) is null);
            return missing is null
                ? new Availability(true, Path.Combine(Folder, Name))
                : new Availability(false, $"{Path.Combine(Folder, Name, missing)} is missing", HowToGet);
        }
    }

    private string HowToGet => $"Put {string.Join(", ", Files)} (.gz or not) into the folder {Name} below {DatasetCatalog.FolderVariable}.";

    /// <summary>The path of a file.</summary>
    /// <exception cref="FileNotFoundException">It is missing: says how to get it.</exception>
    public string PathOf(string file) => Find(file) ?? throw new FileNotFoundException($"'{Name}' cannot be loaded: {Availability.Reason}. {HowToGet}");

    private string? Find(string file)
    {
        if (Folder is null) return null;
        var path = Path.Combine(Folder, Name, file);
        return new[] { path, path + ".gz" }.FirstOrDefault(File.Exists);
    }
}
