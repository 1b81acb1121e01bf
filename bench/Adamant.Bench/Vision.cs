using Adamant.Data;
using Adamant.Datasets;
using Adamant.Explaining;
using Adamant.Models;
using Adamant.Reports;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Bench;

/// <summary>The article's claims about lines and images, measured: decision boundaries, shifted images, shared weights. Prints tables and writes the page.</summary>
internal static class Vision
{
    private const int Shifts = 7;

    public static void Run(TextWriter output, string folder)
    {
        var explanation = new Explanation
        {
            Title = "What a line cannot do, and what a convolution can",
            Created = DateTimeOffset.UtcNow,
            Boundaries = Boundaries(),
            Translations = Translations(),
            Costs = Costs(),
        };
        ExplanationReport.Write(explanation, folder);

        output.WriteLine("| model | right on the test points |\n|---|---|");
        foreach (var plane in explanation.Boundaries) output.WriteLine($"| {plane.Name} | {plane.Accuracy} |");
        output.WriteLine($"\n| shift | {string.Join(" | ", explanation.Translations.SelectMany(c => new[] { $"{c.Name}: right", "unchanged" }))} |\n|---|---|---|---|---|");
        for (var i = 0; i <= 2 * Shifts; i++)
            output.WriteLine($"| {i - Shifts} | {string.Join(" | ", explanation.Translations.Select(c => c.Points[i]).SelectMany(p => new[] { p.Accuracy.ToString(), p.Unchanged.ToString() }))} |");
        output.WriteLine("\n| layer | in | out | parameters | dense instead |\n|---|---|---|---|---|");
        foreach (var cost in explanation.Costs)
            output.WriteLine($"| `{cost.Layer}` | {string.Join("×", cost.Input)} | {string.Join("×", cost.Output)} | {cost.Parameters:N0} | {cost.DenseParameters:N0} |");
        output.WriteLine($"\nPage: {Path.Combine(folder, ExplanationReport.PageName)}");
    }

    private static List<DecisionBoundary> Boundaries()
    {
        var planes = new List<DecisionBoundary>();
        foreach (var (set, title) in new (INamedDataset, string)[] { (LogicGate.And, "AND"), (LogicGate.Xor, "XOR"), (new TwoMoons(), "two moons") })
        {
            using var train = set.Load(DatasetPart.Train);
            using var test = set.Load(DatasetPart.Test).ReadAll();
            using var samples = train.ReadAll();
            var perceptron = new Perceptron(2);
            var rows = samples.Inputs.data<float>().ToArray().Chunk(2).Select(p => new double[] { p[0], p[1] }).ToArray();
            perceptron.Learn(rows, [.. samples.Labels.data<long>().Select(y => (int)y)]);

            manual_seed(0);
            using var mlp = new Mlp(2, [16, 16], 2);
            new Trainer(new TrainingOptions { Epochs = 100, BatchSize = 32, Optimizer = new Adam(0.01) }).Fit(mlp, train);
            planes.Add(DecisionBoundary.Of($"Perceptron on {title}", perceptron, test) with { ClassNames = train.Card.ClassNames });
            planes.Add(DecisionBoundary.Of($"Mlp on {title}", mlp.AsVictim(), test) with { ClassNames = train.Card.ClassNames });
        }
        return planes;
    }

    /// <summary>The same trainer, data and epochs for both; the MLP has a similar number of weights.</summary>
    private static List<TranslationCurve> Translations()
    {
        using var train = new FashionMini().Load(DatasetPart.Train);
        using var all = train.ReadAll();
        using var images = new FashionMini().Load(DatasetPart.Test).ReadAll();
        using var rows = new TensorDataset(train.Card with { Input = new InputSpec([784], 0, 1) }, all.Inputs.reshape(-1, 784), all.Labels.clone());
        var trainer = new Trainer(new TrainingOptions { Epochs = 15 });

        manual_seed(0);
        using var cnn = new SimpleCnn(channels: 1, size: 28);
        trainer.Fit(cnn, train);
        manual_seed(0);
        using var mlp = new Mlp(784, [1024, 512], 10);
        trainer.Fit(mlp, rows);
        using var onImages = nn.Sequential(nn.Flatten(), mlp);
        return
        [
            TranslationCurve.Of($"SimpleCnn ({cnn.ParameterCount:N0} parameters)", cnn.AsVictim(), images, Shifts),
            TranslationCurve.Of($"Mlp ({mlp.ParameterCount:N0} parameters)", new ModuleVictim(onImages, cnn.Input), images, Shifts),
        ];
    }

    private static IReadOnlyList<LayerCost> Costs()
    {
        using var pipeline = new PipelineCnn();
        return LayerCost.Of(pipeline);
    }
}
