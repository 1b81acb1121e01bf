using Adamant.Certification;
using Adamant.Data;
using Adamant.Models;

namespace Adamant.Tests.Certification;

/// <summary>Small networks and data for proofs.</summary>
public abstract class CertificationTest : TensorTest
{
    /// <summary>relu(x₀ + x₁), relu(x₀ − x₁), then z = (h₀ − h₁, −h₀ + 2h₁): small enough for a hand.</summary>
    protected static Mlp ByHand()
    {
        var network = new Mlp(2, [2], 2);
        using var noGrad = no_grad();
        var parameters = network.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        parameters["layers.0.weight"].copy_(tensor(new float[,] { { 1, 1 }, { 1, -1 } }));
        parameters["layers.0.bias"].zero_();
        parameters["layers.1.weight"].copy_(tensor(new float[,] { { 1, -1 }, { -1, 2 } }));
        parameters["layers.1.bias"].copy_(tensor(new[] { 0.5f, 0f }));
        network.eval();
        return network;
    }

    /// <summary>f(x) = Wx + b as a network of the catalog.</summary>
    protected static Mlp LinearNetwork(float[,] weight, float[] bias)
    {
        var network = new Mlp(weight.GetLength(1), [], weight.GetLength(0));
        using var noGrad = no_grad();
        var parameters = network.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        parameters["layers.0.weight"].copy_(tensor(weight));
        parameters["layers.0.bias"].copy_(tensor(bias));
        network.eval();
        return network;
    }

    protected static Batch Rows(float[,] inputs, params long[] labels) => new(tensor(inputs), tensor(labels));

    private protected static SampleCertificate[] Certify(ICertificate certificate, Batch data, Adamant.Attacks.Ball ball) => [.. certificate.Certify(data, ball, Cancellation)];
}
