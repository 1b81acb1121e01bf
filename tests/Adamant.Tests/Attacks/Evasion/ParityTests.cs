using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Data;
using Adamant.Models;
using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

/// <summary>The attacks against a plain PyTorch loop on the same weights and 256 images: see tests/Golden/README.md.</summary>
public sealed class ParityTests : TensorTest
{
    private readonly IReadOnlyDictionary<string, Tensor> golden =
        SafeTensors.Read(Path.Combine(AppContext.BaseDirectory, "Golden", "attacks.safetensors")).Tensors;
    private readonly StridedCnn network = new();
    private readonly Batch data;

    public ParityTests()
    {
        using var noGrad = no_grad();
        foreach (var (name, parameter) in network.named_parameters()) parameter.copy_(golden[$"parameters.{name}"]);
        network.eval();
        data = new Batch(golden["images"].to_type(ScalarType.Float32) / 255, golden["labels"]);
    }

    [Fact]
    public void The_victim_is_the_same() =>
        Assert.True(network.AsVictim().Logits(data.Inputs).allclose(golden["clean_logits"], 1e-5, 1e-5));

    [Fact]
    public void Fgsm_agrees_to_the_image()
    {
        using var result = new Fgsm().Against(network.AsVictim(), data, new Threat(new Linf(0.1)), cancellation: Cancellation);

        Assert.True((result.Adversarials.narrow(0, 0, 8) - golden["fgsm_images"]).abs().max().item<float>() <= 1e-5);
        Assert.Equal(golden["fgsm_predictions"].data<long>().ToArray(), result.Samples.Select(s => s.Adversarial));
        Assert.Equal(golden["fgsm_correct"].item<long>(), result.Samples.Count(s => s.Adversarial == s.Label));
    }

    [Fact]
    public void Pgd_of_40_steps_agrees_within_one_image() => Compare("pgd", new Pgd { StepSize = 0.01, RandomStart = false }, new Linf(0.1));

    [Fact]
    public void One_step_in_L2_agrees_within_one_image() => Compare("fgm_l2", new Fgsm(), new L2(1.5));

    [Fact]
    public void Pgd_of_40_steps_in_L2_agrees_within_one_image() => Compare("pgd_l2", new Pgd { StepSize = 0.15, RandomStart = false }, new L2(1.5));

    private void Compare(string name, IEvasion<IDifferentiable> attack, Ball ball)
    {
        using var result = attack.Against(network.AsVictim(), data, new Threat(ball), cancellation: Cancellation);

        Assert.InRange(Math.Abs(result.Samples.Count(s => s.Adversarial == s.Label) - golden[$"{name}_correct"].item<long>()), 0, 1);
        var expected = golden[$"{name}_predictions"].data<long>().ToArray();
        Assert.InRange(result.Samples.Zip(expected).Count(p => p.First.Adversarial != p.Second), 0, 1);
    }
}
