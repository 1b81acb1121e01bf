using Adamant.Bench;
using Adamant.Engine;

NativeEngine.Start();
switch (args)
{
    case ["speed"]:
        Speed.Run(Console.Out);
        return 0;
    case ["scratch", ..]:
        TextAttacks.Scratch(Console.Out, args);
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project bench/Adamant.Bench -- speed");
        return 2;
}
