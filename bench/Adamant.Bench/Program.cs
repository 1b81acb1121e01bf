using Adamant.Bench;
using Adamant.Engine;

NativeEngine.Start();
switch (args)
{
    case ["speed"]:
        Speed.Run(Console.Out);
        return 0;
    case ["series"]:
        SeriesStudy.Run(Console.Out, "all", "");
        return 0;
    case ["series", var set, .. var network]:
        SeriesStudy.Run(Console.Out, set, network.FirstOrDefault(""));
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project bench/Adamant.Bench -- speed | series [set [network]]");
        return 2;
}
