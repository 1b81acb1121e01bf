using System.Globalization;
using System.Reflection;
using Adamant.Models;

namespace Adamant.Tests.Models;

/// <summary>What holds for every architecture of the table.</summary>
public sealed class NetworkTests : TensorTest
{
    public static TheoryData<string> Names => Family.Names;

    [Fact]
    public void Every_network_of_the_library_is_in_the_table()
    {
        var networks = typeof(Network).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Network)) && !type.IsAbstract).Select(type => type.Name);
        var table = Family.Names.Select(row => { using var network = Family.Of(row).Create(); return network.GetType().Name; });

        Assert.Equal(networks.Order(), table.Distinct().Order());
    }

    [Theory, MemberData(nameof(Names))]
    public void Says_what_it_takes_and_gives(string name)
    {
        using var network = Family.Of(name).Create();
        var inputs = Family.Of(name).Inputs();

        network.Input.Check(inputs);
        var logits = network.call(inputs);

        Assert.Equal((inputs.shape[0], (long)network.Outputs), (logits.shape[0], logits.shape[^1]));
        Assert.Equal(network.parameters().Sum(p => p.numel()), network.ParameterCount);
    }

    [Theory, MemberData(nameof(Names))]
    public void Can_be_rebuilt_from_its_properties(string name)
    {
        using var network = Family.Of(name).Create();
        var constructor = Assert.Single(network.GetType().GetConstructors());
        var arguments = constructor.GetParameters().Select(parameter =>
        {
            var property = network.GetType().GetProperty(char.ToUpper(parameter.Name![0], CultureInfo.InvariantCulture) + parameter.Name[1..]);
            Assert.True(property is not null, $"{parameter.Name} has no property");
            Assert.Equal(parameter.ParameterType, property.PropertyType);
            return property.GetValue(network);
        });

        using var twin = (Network)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. arguments], null);

        Assert.Equal(Shapes(network), Shapes(twin));
    }

    [Theory, MemberData(nameof(Names))]
    public void Learns_with_every_parameter(string name)
    {
        using var network = Family.Of(name).Create();
        using var optimizer = optim.SGD(network.parameters(), 0.5);
        var before = network.named_parameters().Select(p => (p.name, Value: p.parameter.detach().clone())).ToList();

        var logits = network.call(Family.Of(name).Inputs());
        logits.square().mean().backward();
        optimizer.step();

        // Softmax ignores what the keys' bias adds to all scores of a query: that bias alone has no gradient.
        var idle = before.Where(p => network.get_parameter(p.name)!.equal(p.Value).all().item<bool>()).Select(p => p.name);
        Assert.DoesNotContain(idle, parameter => !parameter.EndsWith("key.bias", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void Leaves_no_tensor_behind(string name)
    {
        using var network = Family.Of(name).Create();
        using var optimizer = optim.Adam(network.parameters());
        Step();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 20; i++) Step();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            Family.Forward(network, Family.Of(name).Inputs()).Logits.square().mean().backward();
            optimizer.step();
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Frees_its_parameters_when_disposed_of(string name)
    {
        using var scope = NewDisposeScope();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Family.Of(name).Create().Dispose();
        scope.DisposeEverything();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory, MemberData(nameof(Names))]
    public void Outlives_the_scope_that_it_was_made_in(string name)
    {
        Network network;
        string[] names;
        using (NewDisposeScope())
        {
            network = Family.Of(name).Create();
            names = [.. network.named_parameters().Select(p => p.name)];
        }

        Assert.Equal(names, network.named_parameters().Select(p => p.name));
        using (network) Assert.True(network.call(Family.Of(name).Inputs()).isfinite().all().item<bool>());
    }

    [Theory, MemberData(nameof(Names))]
    public void Is_the_same_network_after_the_same_seed(string name)
    {
        manual_seed(7);
        using var first = Family.Of(name).Create();
        manual_seed(7);
        using var second = Family.Of(name).Create();

        Assert.All(first.parameters().Zip(second.parameters()), pair => Assert.True(pair.First.equal(pair.Second).all().item<bool>()));
    }

    [Theory, MemberData(nameof(Names))]
    public void Refuses_a_batch_of_another_shape(string name)
    {
        using var network = Family.Of(name).Create();
        var inputs = Family.Of(name).Inputs();

        var error = Assert.Throws<ArgumentException>(() => network.call(inputs.unsqueeze(-1)));

        Assert.Contains("Expected inputs of shape [N, ", error.Message);
    }

    [Theory]
    [InlineData("simple_cnn")]
    [InlineData("simple_lstm")]
    public void Drops_out_in_training_only(string name)
    {
        using var network = Family.Of(name).Create();
        var inputs = Family.Of(name).Inputs();

        Assert.False(network.call(inputs).equal(network.call(inputs)).all().item<bool>());
        network.eval();
        Assert.True(network.call(inputs).equal(network.call(inputs)).all().item<bool>());
    }

    [Theory, MemberData(nameof(Names))]
    public void Fires_the_hooks_of_its_layers(string name)
    {
        using var network = Family.Of(name).Create();
        var fired = new HashSet<string>();
        foreach (var (layer, module) in network.named_modules())
            if (module is TorchSharp.Modules.Linear linear) linear.register_forward_hook((_, _, output) => { fired.Add(layer); return output; });

        network.call(Family.Of(name).Inputs());

        Assert.Equal(network.named_modules().Where(m => m.module is TorchSharp.Modules.Linear).Select(m => m.name).Order(), fired.Order());
    }

    private static IEnumerable<string> Shapes(Network network) =>
        network.named_parameters().Select(p => $"{p.name} [{string.Join(", ", p.parameter.shape)}]");
}
