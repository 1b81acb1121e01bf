using System.CommandLine;
using Adamant.Data;
using Adamant.Datasets;
using Adamant.Serialization;

namespace Adamant.Cli;

/// <summary>The options that say which data, where they are, and how a file is to be read; and their opening.</summary>
/// <param name="required">Whether the user must name some.</param>
internal sealed class DataOptions(bool required = true)
{
    private readonly Option<string> data = new("--data", "-d")
    {
        Description = "A data set's name (see: adamant data list) or a file: .safetensors, .npz, .csv, .jsonl, IDX, or a folder of images or texts.",
        Required = required,
    };

    private readonly FileOptions file = new();

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [data, .. file.All];

    /// <summary>Opens what the user named.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="part">Which part, where the data come in two.</param>
    /// <param name="model">The model that the data are for: its classes give the labels their numbers; null when there is none yet.</param>
    public IDataset Open(ParseResult arguments, DatasetPart part, LoadedModel? model = null)
    {
        var opened = file.Open(arguments, arguments.GetRequiredValue(data), part, model);
        if (model is null) return opened;
        try
        {
            Inputs.CheckFits(opened.Card, model);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Whether the user named data.</summary>
    public bool IsGiven(ParseResult arguments) => arguments.GetResult(data) is not null;

    /// <summary>Opens the part that models learn from, where what the user named has a part of its own for that; null elsewhere.</summary>
    public IDataset? OpenTraining(ParseResult arguments, LoadedModel model)
    {
        var name = arguments.GetRequiredValue(data);
        var parts = file.Catalog(arguments).Find(name) is not null || (Directory.Exists(Path.Combine(name, "train")) && Directory.Exists(Path.Combine(name, "test")));
        return parts ? Open(arguments, DatasetPart.Train, model) : null;
    }

    /// <summary>The options for files alone, for commands that name the data as an argument.</summary>
    internal sealed class FileOptions
    {
        private readonly Option<string?> label = new("--label") { Description = "Tables, texts: the column of the labels; the last one, or label, when left out." };
        private readonly Option<string[]> ignore = new("--ignore") { Description = "CSV: columns to leave out.", AllowMultipleArgumentsPerToken = true };
        private readonly Option<bool> impute = new("--impute") { Description = "CSV: fill missing numbers with the median instead of refusing them." };
        private readonly Option<bool> regression = new("--regression") { Description = "Tables and series: the labels are numbers to predict, not classes." };
        private readonly Option<int?> window = new Option<int?>("--window") { Description = "Series: rows of a sample; the table is then cut into windows." }.Within(1);
        private readonly Option<int> horizon = new Option<int>("--horizon") { Description = "Series: forecast the label so many rows ahead; 0 for the label of the window's last row." }.Within(0);
        private readonly Option<int> stride = new Option<int>("--stride") { Description = "Series: rows from one window to the next.", DefaultValueFactory = _ => 1 }.Within(1);
        private readonly Option<string?> unit = new("--unit") { Description = "Series: the column that says to which machine, patient or share a row belongs." };
        private readonly Option<string?> time = new("--time") { Description = "Series: the column of the time in equal steps; gaps are refused." };
        private readonly Option<int?> imageSize = new Option<int?>("--image-size") { Description = "Image folders: scale to so many pixels on each side." }.Within(1, 4096);

        private readonly TextOptionSet text = new();

        /// <summary>Where the files of named data sets are.</summary>
        public Option<string?> Folder { get; } = new("--data-dir") { Description = "Where the files of named data sets are looked for." };

        public IEnumerable<Option> All => [Folder, label, ignore, impute, regression, window, horizon, stride, unit, time, imageSize, .. text.All];

        public DatasetCatalog Catalog(ParseResult arguments) => new(arguments.GetValue(Folder));

        public IDataset Open(ParseResult arguments, string nameOrPath, DatasetPart part, LoadedModel? model = null)
        {
            var catalog = Catalog(arguments);
            if (catalog.Find(nameOrPath) is null && !File.Exists(nameOrPath) && !Directory.Exists(nameOrPath)) throw Inputs.Unknown(nameOrPath, catalog);
            return catalog.Open(nameOrPath, new DataFileOptions
            {
                Part = part,
                Windows = arguments.GetValue(window) is { } length ? new Windows(length) { Horizon = arguments.GetValue(horizon), Stride = arguments.GetValue(stride) } : null,
                Series = new SeriesOptions { Unit = arguments.GetValue(unit), Time = arguments.GetValue(time), Ignore = arguments.GetValue(ignore) ?? [] },
                ClassNames = model?.Card.ClassNames is { Count: > 0 } names ? names : null,
                ImageSize = arguments.GetValue(imageSize) is { } size ? (size, size) : null,
                Text = text.Read(arguments, arguments.GetValue(label), model?.Card.Encoding),
                Csv = new CsvOptions
                {
                    Label = arguments.GetValue(label),
                    Ignore = arguments.GetValue(ignore) ?? [],
                    Missing = arguments.GetValue(impute) ? MissingValues.Impute : MissingValues.Refuse,
                    Task = arguments.GetValue(regression) ? LearningTask.Regression : LearningTask.Classification,
                },
            });
        }
    }
}
