using Adamant.Data;

namespace Adamant.Bench;

/// <summary>Ridge regression, the least that a network has to beat. <code>W = (XᵀX + λI)⁻¹XᵀY, X standardized, λ = 10⁻³·N</code></summary>
internal static class Ridge
{
    /// <summary>Fits targets, and returns what predicts them.</summary>
    public static Func<Tensor, Tensor> Fit(IDataset train, Func<Tensor, Tensor> features)
    {
        using var all = train.ReadAll();
        return Fit(features(all.Inputs), all.Labels.to_type(ScalarType.Float64).unsqueeze(1), features);
    }

    /// <summary>The share of right answers of one regression for each class, the largest wins.</summary>
    public static double Accuracy(IDataset train, IDataset test, Func<Tensor, Tensor> features)
    {
        using var all = train.ReadAll();
        using var asked = test.ReadAll();
        var classes = nn.functional.one_hot(all.Labels, train.Card.ClassNames.Count).to_type(ScalarType.Float64);
        return Fit(features(all.Inputs), classes, features)(asked.Inputs).argmax(1).eq(asked.Labels).to_type(ScalarType.Float64).mean().item<double>();
    }

    private static Func<Tensor, Tensor> Fit(Tensor known, Tensor targets, Func<Tensor, Tensor> features)
    {
        var x = known.to_type(ScalarType.Float64);
        var (mean, std) = (x.mean([0L]), x.std(0).clamp_min(1e-9));
        var z = (x - mean) / std;
        var center = targets.mean([0L]);
        var gram = z.t().mm(z) + (eye(z.shape[1], dtype: ScalarType.Float64) * (1e-3 * z.shape[0]));
        var weights = linalg.solve(gram, z.t().mm(targets - center));
        return inputs => (((features(inputs).to_type(ScalarType.Float64) - mean) / std).mm(weights) + center).to_type(ScalarType.Float32);
    }
}
