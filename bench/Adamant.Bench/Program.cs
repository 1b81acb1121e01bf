using Adamant.Bench;
using Adamant.Engine;

NativeEngine.Start();
switch (args)
{
    case ["speed"]:
        Speed.Run(Console.Out);
        return 0;
    case ["vision", var folder]:
        Vision.Run(Console.Out, folder);
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project bench/Adamant.Bench -- speed | vision FOLDER");
        return 2;
}
