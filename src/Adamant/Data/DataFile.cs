namespace Adamant.Data;

/// <summary>Opens a data set from a file or folder of any format that Adamant knows.</summary>
/// <remarks>
/// The content decides where it can (safetensors, NumPy, IDX), the file's ending elsewhere: <c>.csv</c> <c>.tsv</c> <c>.txt</c> tables, or texts where the options say so, <c>.jsonl</c> <c>.pos</c> <c>.neg</c> texts, <c>.bin</c> CIFAR-10. A folder holds the IDX
/// files of MNIST (<c>train-images-idx3-ubyte</c>, …), the CIFAR-10 files (<c>data_batch_1.bin</c>, …), or images or texts in one sub-folder for each class, below <c>train</c> and
/// <c>test</c> if both are there. Labels of IDX and NPY images lie beside them in a file with <c>labels</c> for <c>images</c> in its name.
/// </remarks>
public static class DataFile
{
    private static readonly (string Of, string Instead)[] LabelNames = [("images", "labels"), ("idx3", "idx1"), ("inputs", "labels")];

    /// <summary>Opens a data set.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or of no known format: names file, row and column.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static IDataset Open(string path, DataFileOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new DataFileOptions();
        if (options.Windows is { } windows) return SeriesData.Open(path, windows, options.Series, options.Csv.Label, options.Csv.Task, options.ClassNames);
        if (Directory.Exists(path)) return OpenFolder(path, options);
        var csv = options.Csv with { Classes = options.Csv.Classes ?? options.ClassNames };
        var text = (options.Text ?? new TextOptions { Label = options.Csv.Label }) with { ClassNames = options.Text?.ClassNames ?? options.ClassNames };
        if (TextPair.IsHalf(path)) return TextFile.Open(path, text);
        return (FormatOf(path), Path.GetExtension(path).ToLowerInvariant()) switch
        {
            ("safetensors", _) => SafeTensorsData.Open(path, options.ClassNames),
            ("npy", _) => Npy.Open(path, LabelsOf(path), options.ClassNames),
            ("npz", _) => Npz.Open(path, options.Part, options.ClassNames),
            ("idx", _) => Idx.Open(path, LabelsOf(path), options.ClassNames),
            (_, ".bin") => ClassOrder.Apply(Cifar10.Open(path), options.ClassNames, path),
            (_, ".jsonl") => TextFile.Open(path, text),
            (_, ".csv" or ".tsv" or ".txt" or ".gz") => options.Text is null && !path.EndsWith(".jsonl.gz", StringComparison.OrdinalIgnoreCase) ? Csv.Open(path, csv) : TextFile.Open(path, text),
            _ => throw new InvalidDataException($"{path}: expected a file .safetensors, .npz, .npy, .csv, .tsv, .jsonl, IDX or CIFAR-10 .bin, got another format."),
        };
    }

    private static IDataset OpenFolder(string folder, DataFileOptions options)
    {
        var train = options.Part == DatasetPart.Train;
        var batches = train ? Enumerable.Range(1, 5).Select(n => Path.Combine(folder, $"data_batch_{n}.bin")).Where(File.Exists).ToArray() : [Path.Combine(folder, "test_batch.bin")];
        if (batches.Length > 0 && batches.All(File.Exists)) return ClassOrder.Apply(Cifar10.Open(batches), options.ClassNames, folder);
        if (Idx.Has(folder, options.Part)) return Idx.OpenFolder(folder, options.Part, options.ClassNames);
        var (trainFolder, testFolder) = (Path.Combine(folder, "train"), Path.Combine(folder, "test"));
        var split = Directory.Exists(trainFolder) && Directory.Exists(testFolder);
        var chosen = split ? train ? trainFolder : testFolder : folder;
        if (!TextFolder.Is(chosen)) return ImageFolder.Open(chosen, options.ImageSize, options.ClassNames);
        return TextFile.Open(chosen, (options.Text ?? new TextOptions { Label = options.Csv.Label }) with { ClassNames = options.Text?.ClassNames ?? options.ClassNames });
    }

    /// <summary>The file of the labels beside a file of images.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    internal static string LabelsOf(string images)
    {
        var name = LabelNames.Aggregate(Path.GetFileName(images), (n, pair) => n.Replace(pair.Of, pair.Instead, StringComparison.Ordinal));
        var labels = Path.Combine(Path.GetDirectoryName(images) ?? "", name);
        if (labels != images && File.Exists(labels)) return labels;
        throw new FileNotFoundException($"{images}: expected its labels beside it in a file named as it is, with 'labels' for 'images' or 'inputs', got no such file.", labels);
    }

    private static string FormatOf(string path)
    {
        using var file = InputFile.Open(path);
        if (file.Length == 0) throw new InvalidDataException($"{path}: expected a data set, got an empty file.");
        return InputFile.Read(path, file, stream =>
        {
            Span<byte> start = stackalloc byte[9];
            return start[..stream.ReadAtLeast(start, 9, throwOnEndOfStream: false)] switch
            {
                [0x93, (byte)'N', (byte)'U', (byte)'M', ..] => "npy",
                [(byte)'P', (byte)'K', 3, 4, ..] => "npz",
                [0, 0, 8, >= 1 and <= 4, ..] => "idx",
                [_, _, _, _, 0, 0, 0, 0, (byte)'{'] => "safetensors",
                _ => path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? "safetensors" : "",
            };
        });
    }
}
