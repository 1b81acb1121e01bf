using Adamant.Models;
using Adamant.Serialization;
using Adamant.Tests.Models;

namespace Adamant.Tests;

/// <summary>Every architecture against PyTorch on the same weights and inputs: tests/Golden/README.md says what the files hold.</summary>
public sealed class GoldenTests : TensorTest
{
    private const double Tolerance = 1e-5;

    private const string Attention = "multi_head_self_attention";                // a layer, so not in the table of networks

    public static TheoryData<string> Names => [.. Family.Names.Select(row => row.Data), Attention];

    private static nn.Module<Tensor, Tensor> Create(string name) => name == Attention ? new MultiHeadSelfAttention(16, 4) : Family.Of(name).Create();

    [Theory, MemberData(nameof(Names))]
    public void Names_its_parameters_as_PyTorch_does(string name)
    {
        using var network = Create(name);

        Assert.Equal(Parameters(Read(name)).Keys.Order(), network.state_dict().Keys.Order());
    }

    [Theory]
    [InlineData("mlp"), InlineData("simple_cnn"), InlineData("pipeline_cnn"), InlineData("strided_cnn"), InlineData("elman_rnn")]
    [InlineData("elman_stack"), InlineData("series_lstm"), InlineData("simple_lstm"), InlineData("lstm_bidirectional"), InlineData("elman_text")]
    [InlineData(Attention)]
    public void Starts_from_the_weights_of_PyTorch_after_the_same_seed(string name)
    {
        var golden = Parameters(Read(name));
        manual_seed(0);
        using var network = Create(name);

        foreach (var (key, actual) in network.state_dict()) Near(golden[key], actual, key);
    }

    [Theory, MemberData(nameof(Names))]
    public void Computes_the_logits_loss_and_gradient_of_PyTorch(string name)
    {
        var golden = Read(name);
        using var network = Loaded(name, golden);

        var (point, logits) = Family.Forward(network, golden["inputs"]);
        var loss = Loss(logits, golden);
        var gradient = autograd.grad([loss], [point])[0];

        Near(golden["logits"], logits, "logits");
        Near(golden["loss"], loss.reshape(1), "loss");
        Near(golden.TryGetValue("input_gradient", out var expected) ? expected : golden["embedding_gradient"], gradient, "gradient");
        if (network is RecurrentSeries rnn) Near(golden["logits_all"], rnn.AllSteps(golden["inputs"]), "logits_all");
    }

    [Theory, MemberData(nameof(Names))]
    public void Takes_the_SGD_step_of_PyTorch(string name) => Step(name, "sgd", parameters => optim.SGD(parameters, 0.1, momentum: 0.9));

    [Theory, MemberData(nameof(Names))]
    public void Takes_the_Adam_step_of_PyTorch(string name) => Step(name, "adam", parameters => optim.Adam(parameters, 1e-3, eps: 1e-3));

    private static void Step(string name, string step, Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer> create)
    {
        var golden = Read(name);
        using var network = Loaded(name, golden);
        using var optimizer = create(network.parameters());

        Loss(network.call(golden["inputs"]), golden).backward();
        optimizer.step();

        foreach (var (key, actual) in network.state_dict())
        {
            // The largest family stores some weights, and of all of them the sum and the sum of squares.
            var whole = golden.TryGetValue($"{step}.{key}", out var expected);
            if (whole) Near(expected!, actual, $"{step}.{key}");
            var reduced = golden.TryGetValue($"{step}.sum.{key}", out var sums);
            if (reduced) Near(sums!, stack([sum(actual.@double()), sum(actual.@double().square())]), $"{step}.sum.{key}");
            Assert.True(whole || reduced, $"the file says nothing about {key}");
        }
    }

    private static Tensor Loss(Tensor logits, IReadOnlyDictionary<string, Tensor> golden) =>
        golden.TryGetValue("labels", out var labels) ? nn.functional.cross_entropy(logits.flatten(0, -2), labels.flatten()) : sum(logits.square());

    private static nn.Module<Tensor, Tensor> Loaded(string name, IReadOnlyDictionary<string, Tensor> golden)
    {
        var network = Create(name);
        network.load_state_dict(Parameters(golden));
        network.eval();
        return network;
    }

    private static Dictionary<string, Tensor> Parameters(IReadOnlyDictionary<string, Tensor> golden) =>
        golden.Where(entry => entry.Key.StartsWith("parameters.", StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key["parameters.".Length..], entry => entry.Value);

    private static IReadOnlyDictionary<string, Tensor> Read(string name) =>
        SafeTensors.Read(Path.Combine(AppContext.BaseDirectory, "Golden", $"{name}.safetensors")).Tensors;

    private static void Near(Tensor expected, Tensor actual, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        var error = (expected.@double() - actual.detach().@double()).abs().max().item<double>();
        Assert.True(error <= Tolerance, $"{what}: off by {error:0.0e+0}");
    }
}
