using Adamant.Bench;
using Adamant.Engine;

NativeEngine.Start();
switch (args)
{
    case ["speed"]:
        Speed.Run(Console.Out);
        return 0;
    case ["text-attacks", .. var networks]:
        TextAttacks.Run(Console.Out, networks);
        return 0;
    case ["series", .. var sets]:
        foreach (var set in sets.DefaultIfEmpty("all")) SeriesStudy.Run(Console.Out, set);
        return 0;
    case ["memory", var folder]:
        MemoryStudy.Run(folder, Console.Out);
        return 0;
    case ["memory", var name, var length, var seed]:
        Console.WriteLine(MemoryStudy.Train(MemoryNetwork.All.Single(n => n.Name == name), int.Parse(length), int.Parse(seed)));
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project bench/Adamant.Bench -- speed | series [set …] | memory FOLDER | text-attacks [network …]");
        return 2;
}
