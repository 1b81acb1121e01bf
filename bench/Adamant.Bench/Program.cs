using Adamant.Bench;
using Adamant.Engine;

NativeEngine.Start();
switch (args)
{
    case ["speed"]:
        Speed.Run(Console.Out);
        return 0;
    case ["memory", var name, var length, var seed, var rate]:
        MemoryStudy.One(name, int.Parse(length), int.Parse(seed), double.Parse(rate), Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project bench/Adamant.Bench -- speed");
        return 2;
}
