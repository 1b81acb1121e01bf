using Adamant.Victims;

namespace Adamant.Tests.Victims;

public sealed class ModuleVictimTests : TensorTest
{
    private static readonly InputSpec Two = new([2], 0, 1);

    [Fact]
    public void Answers_with_logits_and_the_class_of_the_largest()
    {
        using var victim = new ModuleVictim(Linear([[1, 0], [0, 2]], [0.5f, 0]), Two);
        var x = tensor(new[] { 1f, 0f, 0.5f, 1f }).reshape(2, 2);

        Assert.Equal([1.5f, 0f, 1f, 2f], victim.Logits(x).data<float>().ToArray());
        Assert.Equal([0L, 1L], victim.Predict(x).data<long>().ToArray());
    }

    [Fact]
    public void Is_asked_in_evaluation_mode_even_when_only_a_part_is_training()
    {
        var network = nn.Sequential(Linear([[1, 0], [0, 1]]), nn.Dropout(1 - 1e-9));
        network.eval();
        network.children().Last().train();
        using var victim = new ModuleVictim(network, Two);

        Assert.Equal([0.25f, 0.75f], victim.Logits(tensor(new[] { 0.25f, 0.75f }).reshape(1, 2)).data<float>().ToArray());
        Assert.False(network.training);
        Assert.Equal([false, true], network.children().Select(m => m.training));
    }

    [Fact]
    public void Puts_every_mode_back_also_when_the_module_throws()
    {
        var inner = nn.Sequential(nn.Dropout(), nn.Linear(3, 2));       // takes 3, gets 2
        var network = nn.Sequential(inner, nn.Dropout());
        network.train();
        inner.children().First().eval();
        using var victim = new ModuleVictim(network, Two);

        Assert.ThrowsAny<Exception>(() => victim.Logits(zeros(1, 2)));
        Assert.Equal([true, true, true], [network.training, inner.training, network.children().Last().training]);
        Assert.Equal([false, true], inner.children().Select(m => m.training));
    }

    [Fact]
    public void Refuses_inputs_outside_of_its_contract()
    {
        using var victim = new ModuleVictim(Linear([[1, 0], [0, 1]]), Two);

        Assert.Throws<ArgumentException>(() => victim.Logits(full(1, 2, 1.5f)));
        Assert.Throws<ArgumentException>(() => victim.Predict(zeros(1, 3)));
        Assert.Throws<ArgumentException>(() => victim.Predict(zeros(2)));
    }
}
