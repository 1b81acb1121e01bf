using Adamant.Bench;
using Adamant.Engine;

NativeEngine.Start();
switch (args)
{
    case ["speed"]:
        Speed.Run(Console.Out);
        return 0;
    case ["series", .. var sets]:
        foreach (var set in sets.DefaultIfEmpty("all")) SeriesStudy.Run(Console.Out, set);
        return 0;
    case ["memory", var folder]:
        MemoryStudy.Run(folder, Console.Out);
        return 0;
    case ["memory", var name, var length, var seed]:
        Console.WriteLine(MemoryStudy.Train(MemoryNetwork.All.Concat(MemoryNetwork.Variants).Single(n => n.Name == name), int.Parse(length), int.Parse(seed)));
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project bench/Adamant.Bench -- speed | series [set …] | memory FOLDER");
        return 2;
}
