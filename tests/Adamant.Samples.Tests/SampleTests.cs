using System.Reflection;

namespace Adamant.Samples.Tests;

/// <summary>Runs every sample, one after another as they share the console, and holds it to what its page says that it prints.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Names => [.. SamplePage.Names];

    [Theory, MemberData(nameof(Names))]
    public void Prints_what_its_page_says(string name)
    {
        Adamant.Engine.NativeEngine.Start();
        var printed = SamplePage.Lines(Run(Assembly.Load(AssemblyName(name))));

        var claimed = SamplePage.Output(name);
        Assert.True(
            claimed.Length == printed.Length && claimed.Zip(printed).All(line => SamplePage.Agree(line.First, line.Second)),
            $"The page says:\n{string.Join('\n', claimed)}\n\nThe sample printed:\n{string.Join('\n', printed)}");
    }

    [Fact]
    public void Every_sample_has_a_page_and_the_guide_lists_it()
    {
        var guide = File.ReadAllText(Path.Combine(SamplePage.Folder, "README.md"));
        var samples = Directory.GetFiles(AppContext.BaseDirectory, "*.runtimeconfig.json").Select(file => Path.GetFileName(file).Split('.')[0]).Where(name => name != "Adamant");

        Assert.Equal(samples.Order(StringComparer.Ordinal), SamplePage.Names.Select(AssemblyName).Order(StringComparer.Ordinal));
        Assert.All(SamplePage.Names, name => Assert.Contains($"(samples/{name}.md)", guide, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("right on 85.4 % [82.0, 88.2]", "right on 81.0 % [77.3, 84.2]", true)]
    [InlineData("right on 85.4 % [82.0, 88.2]", "right on 35.4 % [32.0, 38.2]", false)]
    [InlineData("right on 85.4 %", "wrong on 85.4 %", false)]
    [InlineData("learned: True, after 7 mistakes", "learned: True,  after 8 mistakes", true)]
    [InlineData("learned: True, after 7 mistakes", "learned: True, after 9 mistakes", false)]
    [InlineData("loss 0.69", "loss 0.72", true)]
    [InlineData("150,529,000 weights", "150,529,000 weights", true)]
    public void Agrees_with_nearly_the_same_numbers_only(string claimed, string printed, bool agrees) =>
        Assert.Equal(agrees, SamplePage.Agree(claimed, printed));

    private static string AssemblyName(string page) => string.Concat(page.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Run(Assembly sample)
    {
        var console = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            sample.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Array.Empty<string>()], null);
        }
        finally
        {
            Console.SetOut(console);
        }
        return output.ToString();
    }
}
