using System.Text.Json;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Engine;
using Adamant.Models;
using Adamant.Serialization;

// Everything that trimming could break without an error: the engine, the catalog's reflection, registered parameters, JSON, one step, one attack.
var failures = 0;
NativeEngine.Start();
Check(NativeEngine.Load != EngineLoad.Failed, $"the engine loads ({NativeEngine.Load}) {NativeEngine.Failure}");

Attempt("the catalog has its architectures", () => ModelCatalog.All.Count >= 9);
manual_seed(1);
using var network = ModelCatalog.Create("simple-cnn", new Dictionary<string, JsonElement> { ["size"] = JsonElement.Parse("8") });
var (x, y) = (rand(16, 3, 8, 8), randint(0, 10, 16));

Attempt("parameters() is not empty", () => network.parameters().Count() == 8);
Attempt("a training step changes the loss", () =>
{
    using var optimizer = optim.Adam(network.parameters());
    network.eval();
    double Loss() => nn.functional.cross_entropy(network.call(x), y).ToDouble();
    var before = Loss();
    nn.functional.cross_entropy(network.call(x), y).backward();
    optimizer.step();
    return Loss() < before;
});
Attempt("an attack moves the inputs", () =>
    !new Pgd { Steps = 3 }.Perturb(network.AsVictim(), x, y, new Threat(new Linf(0.1)), new Run(), default).allclose(x));
Attempt("a model file gives the model back", () =>
{
    var file = Path.GetTempFileName();
    var (architecture, arguments) = ModelCatalog.Describe(network);
    ModelFile.Save(file, network, new ModelCard { Architecture = architecture, Arguments = arguments, Input = network.Input });
    using var loaded = ModelFile.Load(file);
    File.Delete(file);
    return loaded.Victim.Logits(x).allclose(network.call(x));
});
foreach (var (name, value) in EngineInfo.Collect().Lines) Console.WriteLine($"     {name}: {value}");
return failures;

void Attempt(string what, Func<bool> attempt)
{
    try
    {
        Check(attempt(), what);
    }
    catch (Exception e)
    {
        Check(false, $"{what}: {e}");
    }
}

void Check(bool holds, string what)
{
    Console.WriteLine($"{(holds ? "ok  " : "FAIL")} {what}");
    if (!holds) failures++;
}
