using Adamant.Attacks.Evasion;
using Adamant.Victims;

namespace Adamant.Tests.Attacks.Evasion;

public sealed class AttackCatalogTests
{
    [Fact]
    public void Finds_the_attacks_in_the_code()
    {
        Assert.Equal(["fgsm", "pgd"], AttackCatalog.All.Select(a => a.Name).Intersect(["fgsm", "pgd"]));
        Assert.Equal(typeof(IDifferentiable), AttackCatalog.Find("pgd").Needs);
        Assert.Equal("fgsm", AttackCatalog.Find("fgsm").ToString());
        Assert.Equal("pgd (steps=40, step-size=auto, random-start=true, momentum=0)", AttackCatalog.Find("pgd").ToString());
    }

    [Fact]
    public void Makes_an_attack_by_name_with_parameters_from_text()
    {
        var made = AttackCatalog.Create<IDifferentiable>(
            "pgd", new Dictionary<string, string> { ["steps"] = "7", ["step-size"] = "0.025", ["random-start"] = "false" });

        Assert.Equal(new Pgd { Steps = 7, StepSize = 0.025, RandomStart = false }, made);
        Assert.Equal(new Pgd(), AttackCatalog.Create<IDifferentiable>("pgd", new Dictionary<string, string> { ["step-size"] = "auto" }));
    }

    [Theory]
    [InlineData("fgms", "", "", "Expected an attack (", "fgsm, ", "), got 'fgms'.")]
    [InlineData("pgd", "step", "7", "Expected a parameter of pgd (it has steps, step-size, random-start, momentum), got 'step'.")]
    [InlineData("fgsm", "steps", "7", "Expected a parameter of fgsm (it has none), got 'steps'.")]
    [InlineData("pgd", "steps", "many", "Expected pgd's steps as Int32, got 'many'.")]
    [InlineData("pgd", "steps", "99999999999", "Expected pgd's steps as Int32, got '99999999999'.")]
    [InlineData("pgd", "steps", "0", "pgd's steps: Expected at least 1 step. Got 0.")]
    [InlineData("pgd", "step-size", "0,01", "Expected pgd's step-size as Double, got '0,01'.")]
    [InlineData("pgd", "momentum", "auto", "Expected pgd's momentum as Double, got 'auto'.")]
    public void Says_what_is_known_when_something_is_not(string name, string parameter, string value, params string[] parts)
    {
        var error = Assert.Throws<ArgumentException>(
            () => AttackCatalog.Create<IDifferentiable>(name, parameter == "" ? null : [new(parameter, value)]));

        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_an_attack_that_needs_to_see_more_than_the_victim_shows()
    {
        var error = Assert.Throws<ArgumentException>(() => AttackCatalog.Create<IScoring>("pgd"));

        Assert.Equal("pgd needs a victim that is IDifferentiable, and this one is IScoring only. Choose an attack that needs to see less.", error.Message);
    }
}
