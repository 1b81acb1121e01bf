using Adamant.Data;
using Adamant.Datasets;
using Adamant.Serialization;

namespace Adamant.Cli;

/// <summary>Opens what a command line names.</summary>
internal static class Inputs
{
    /// <summary>Nothing has that name.</summary>
    public static ArgumentException Unknown(string name, DatasetCatalog catalog) => new(
        $"There is no data set and no file named '{name}'. The data sets are: {string.Join(", ", catalog.All.Select(d => d.Name))}.");

    /// <summary>The first samples of a set, checked against a model.</summary>
    public static Batch Samples(IDataset data, LoadedModel model, long? limit)
    {
        CheckFits(data.Card, model);
        return data.Read(0, Math.Min(limit ?? data.Count, data.Count));
    }

    /// <summary>Refuses data of another shape or with other classes than a model's, before any work.</summary>
    public static void CheckFits(DatasetCard data, LoadedModel model)
    {
        var input = model.Card.Input;
        CheckColumns(data, model);
        if (input.Type != data.Input.Type || input.Shape.Count != data.Input.Shape.Count || input.Shape.Zip(data.Input.Shape).Any(d => d.First != -1 && d.First != d.Second))
            throw new ArgumentException($"The model takes {input}, the data are {data.Input}. Choose data of that shape, or another model.");
        if (data.Task != model.Card.Task) throw new ArgumentException($"The model is for {model.Card.Task}, the data are for {data.Task}.");
        if (data.ClassNames.Count > model.Network.Outputs)
            throw new ArgumentException($"The model knows {model.Network.Outputs} classes, the data have {data.ClassNames.Count}.");
        var differ = data.ClassNames.Zip(model.Card.ClassNames).FirstOrDefault(pair => pair.First != pair.Second);
        if (differ.First is null || AreNumbers(data.ClassNames) || AreNumbers(model.Card.ClassNames)) return;
        throw new ArgumentException(
            $"The model's classes are {Names(model.Card.ClassNames)}, the data's are {Names(data.ClassNames)}: labels would be taken for others.");
    }

    /// <summary>A model file of Adamant.</summary>
    public static LoadedModel Model(string path) => Directory.Exists(path)
        ? throw new IOException($"'{path}' is a folder. Expected a model file (.safetensors).")
        : ModelFile.Load(path);

    /// <summary>Refuses a path that cannot be written, before work is done that would be lost.</summary>
    public static void CheckWritable(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder '{folder}'. Create it, or choose another path.");
        if (Directory.Exists(path)) throw new IOException($"'{path}' is a folder. Expected the path of a file.");
        var probe = Path.Combine(folder, $".{Guid.NewGuid():N}.probe");
        try
        {
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw CannotWrite(folder);
        }
    }

    /// <summary>Makes a folder for results, or refuses it before work is done that would be lost.</summary>
    public static void CheckFolder(string folder)
    {
        if (File.Exists(folder)) throw new IOException($"'{folder}' is a file. Expected a folder for the report.");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw CannotWrite(Path.GetDirectoryName(Path.GetFullPath(folder))!);
        }
        CheckWritable(Path.Combine(folder, "index.html"));
    }

    /// <summary>A table must have the model's columns in the model's order: otherwise one number would be read as another.</summary>
    private static void CheckColumns(DatasetCard data, LoadedModel model)
    {
        var (expected, got) = (model.Card.FeatureNames, data.FeatureNames);
        if (expected.Count == 0 || got.Count == 0 || expected.SequenceEqual(got)) return;
        var missing = expected.Except(got).Select(name => $"'{name}' is missing");
        var extra = got.Except(expected).Select(name => $"'{name}' is unknown");
        var why = string.Join(", ", missing.Concat(extra).DefaultIfEmpty("they are in another order").Take(4));
        throw new ArgumentException($"The model was trained on other columns than the data have: {why}. Give it the table's columns as in training (see --ignore, --impute).");
    }

    /// <summary>Classes without names: their numbers are all there is to go by.</summary>
    private static bool AreNumbers(IReadOnlyList<string> classes) => classes.All(name => long.TryParse(name, out _));

    private static string Names(IReadOnlyList<string> classes) => string.Join(", ", classes.Take(5)) + (classes.Count > 5 ? ", …" : "");

    private static UnauthorizedAccessException CannotWrite(string folder) => new($"The folder '{folder}' cannot be written. Choose another path.");
}
