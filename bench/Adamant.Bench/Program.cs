using Adamant.Bench;
using Adamant.Engine;

NativeEngine.Start();
switch (args)
{
    case ["speed"]:
        Speed.Run(Console.Out);
        return 0;
    case ["texts", .. var which]:
        TextStudy.Run(Console.Out, which.FirstOrDefault("all"), which.Length > 1 ? int.Parse(which[1]) : int.MaxValue);
        return 0;
    case ["series"]:
        SeriesStudy.Run(Console.Out, "all", "");
        return 0;
    case ["series", var set, .. var network]:
        SeriesStudy.Run(Console.Out, set, network.FirstOrDefault(""));
        return 0;
    case ["memory", var folder]:
        MemoryStudy.Run(folder, Console.Out);
        return 0;
    case ["memory", var name, var length, var seed]:
        Console.WriteLine(MemoryStudy.Train(MemoryNetwork.All.Single(n => n.Name == name), int.Parse(length), int.Parse(seed)));
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project bench/Adamant.Bench -- speed | texts [set [runs]] | series [set [network]] | memory FOLDER");
        return 2;
}
