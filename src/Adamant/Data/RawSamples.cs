using Adamant.Victims;

namespace Adamant.Data;

/// <summary>Arrays as a file stores them, before they become samples: the one place that says what bytes, floats and label arrays mean.</summary>
/// <param name="Name">The file, for messages.</param>
/// <param name="Inputs">
/// <c>Byte</c> are pixels: <c>[N, H, W]</c>, <c>[N, H, W, 1 or 3]</c> or <c>[N, 1 or 3, H, W]</c>. Real numbers keep their shape and become <c>Float32</c>.
/// Whole numbers of rank 2 stay <c>Int64</c>: tokens.
/// </param>
/// <param name="Labels"><c>[N]</c> or <c>[N, 1]</c>: whole numbers are classes, real numbers are targets.</param>
internal sealed record RawSamples(string Name, Tensor Inputs, Tensor Labels)
{
    /// <summary>The file of the labels, when it is another one.</summary>
    public string? LabelName { get; init; }

    /// <summary>Null for "0", "1", … up to the largest label.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    public string Sha256 { get; init; } = "";

    /// <summary>What the file itself says about its samples; null where it says nothing.</summary>
    public DatasetCard? Card { get; init; }

    /// <summary>Builds the set; its tensors are independent of the arrays.</summary>
    /// <exception cref="InvalidDataException">The arrays do not fit together or are no samples.</exception>
    public static TensorDataset ToDataset(RawSamples raw)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        if (raw.Inputs.dim() < 2) throw new InvalidDataException($"{raw.Name}: expected inputs of at least 2 dimensions, got [{string.Join(", ", raw.Inputs.shape)}].");
        if (raw.Inputs.numel() == 0) throw new InvalidDataException($"{raw.Name}: expected at least one sample, got inputs [{string.Join(", ", raw.Inputs.shape)}].");
        var inputs = ToInputs(raw.Inputs).contiguous();
        var labels = raw.ToLabels();
        var card = raw.Card ?? raw.Describe(inputs, labels);
        try
        {
            return new TensorDataset(card with { Rows = inputs.shape[0], Sha256 = raw.Sha256 }, inputs, labels);
        }
        catch (InvalidDataException e)
        {
            var file = e.Message.Contains("label", StringComparison.Ordinal) ? raw.LabelName ?? raw.Name : raw.Name;
            throw new InvalidDataException(file + e.Message[card.Name.Length..], e);
        }
    }

    private static Tensor ToInputs(Tensor x) => (x.dtype, x.shape) switch
    {
        (ScalarType.Byte, [_, _, _]) => x.unsqueeze(1),
        (ScalarType.Byte, [_, not (1 or 3), _, 1 or 3]) => x.permute(0, 3, 1, 2),
        (ScalarType.Byte, [_, _, _, _]) => x,
        (ScalarType.Byte, _) => x.to_type(ScalarType.Float32),
        (ScalarType.Int32 or ScalarType.Int64, [_, _]) => x.to_type(ScalarType.Int64),
        _ => x.to_type(ScalarType.Float32),
    };

    private Tensor ToLabels()
    {
        var labels = Labels.shape is [_, 1] ? Labels.squeeze(1) : Labels;
        return labels.to_type(labels.is_integral() ? ScalarType.Int64 : ScalarType.Float32).contiguous();
    }

    private DatasetCard Describe(Tensor inputs, Tensor labels)
    {
        var classification = labels.dtype == ScalarType.Int64;
        return new DatasetCard
        {
            Name = InputFile.NameOf(Name),
            Input = SpecOf(inputs),
            Rows = inputs.shape[0],
            Task = classification ? LearningTask.Classification : LearningTask.Regression,
            ClassNames = classification ? ClassNames ?? Numbers(labels) : [],
            Source = Name,
        };
    }

    private static InputSpec SpecOf(Tensor inputs)
    {
        var shape = inputs.shape[1..];
        if (inputs.dtype == ScalarType.Int64) return InputSpec.Tokens(Math.Max(2, inputs.max().item<long>() + 1), shape[0]);
        if (inputs.dtype == ScalarType.Byte) return new InputSpec(shape, 0, 1);
        var (low, high) = inputs.aminmax();
        return shape.Length == 3 && low.item<float>() >= 0 && high.item<float>() <= 1 ? new InputSpec(shape, 0, 1) : new InputSpec(shape);
    }

    private string[] Numbers(Tensor labels)
    {
        var largest = labels.numel() == 0 ? 0 : labels.max().item<long>();
        if (largest >= DataLimits.Classes)
        {
            throw new InvalidDataException(
                $"{LabelName ?? Name}, row {labels.argmax().item<long>()}: label {largest} is not in 0..{DataLimits.Classes - 1}. If these are targets, store them as floats.");
        }
        return [.. Enumerable.Range(0, (int)Math.Max(largest, 1) + 1).Select(n => n.ToString())];
    }
}
