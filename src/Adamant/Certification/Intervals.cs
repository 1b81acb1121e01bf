using TorchSharp.Modules;

namespace Adamant.Certification;

/// <summary>Carries boxes through layers. Every operation is differentiable, so that networks can be trained on what comes out.</summary>
internal static class Intervals
{
    /// <summary>The boxes before each of the layers and after the last one: one more than there are layers.</summary>
    public static IReadOnlyList<Box> Through(IEnumerable<nn.Module<Tensor, Tensor>> layers, Box input)
    {
        List<Box> boxes = [input];
        foreach (var layer in layers) boxes.Add(Through(layer, boxes[^1]));
        return boxes;
    }

    /// <summary>The least that each other class stays below the true one, with the last layer and the comparison taken as one linear map.</summary>
    /// <param name="last">The last layer.</param>
    /// <param name="box">What goes into it, <c>[N, features]</c>.</param>
    /// <param name="labels">Shape <c>[N]</c>, <c>Int64</c>.</param>
    /// <returns>A lower bound of z_y − z_j, shape <c>[N, classes]</c>; 0 at j = y.</returns>
    public static Tensor Margins(Linear last, Box box, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = Differences(last, labels);
        var (center, radius) = CenterOf(box);
        var margins = bias + (weight.matmul(center.unsqueeze(2)) - weight.abs().matmul(radius.unsqueeze(2))).squeeze(2);
        return margins.MoveToOuterDisposeScope();
    }

    /// <summary>The rows e_y − e_j of the last layer, for each sample: <c>[N, classes, features]</c> and <c>[N, classes]</c>.</summary>
    public static (Tensor Weight, Tensor Bias) Differences(Linear last, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var weight = last.weight.index_select(0, labels).unsqueeze(1) - last.weight;
        var bias = last.bias is { } b ? b.index_select(0, labels).unsqueeze(1) - b : zeros([labels.shape[0], last.weight.shape[0]], weight.dtype);
        return (weight.MoveToOuterDisposeScope(), bias.MoveToOuterDisposeScope());
    }

    private static Box Through(nn.Module<Tensor, Tensor> layer, Box box)
    {
        using var scope = NewDisposeScope();
        var (lower, upper) = layer switch
        {
            Linear linear => Affine(box, x => linear.call(x), r => nn.functional.linear(r, linear.weight.abs())),
            Conv2d conv => Affine(box, x => conv.call(x), r => nn.functional.conv2d(
                r, conv.weight.abs(), null, conv.stride, conv.padding, conv.dilation, conv.groups)),
            Dropout => (box.Lower.alias(), box.Upper.alias()),  // the network is bounded as it is served
            _ => (layer.call(box.Lower), layer.call(box.Upper)), // ReLU, pooling, flatten: none of them falls when an input rises
        };
        return new Box(lower.MoveToOuterDisposeScope(), upper.MoveToOuterDisposeScope());
    }

    private static (Tensor, Tensor) Affine(Box box, Func<Tensor, Tensor> layer, Func<Tensor, Tensor> absolute)
    {
        var (center, radius) = CenterOf(box);
        var (middle, half) = (layer(center), absolute(radius));
        return (middle - half, middle + half);
    }

    private static (Tensor Center, Tensor Radius) CenterOf(Box box) => ((box.Upper + box.Lower) / 2, (box.Upper - box.Lower) / 2);
}
