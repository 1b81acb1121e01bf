using Adamant.Bench;
using Adamant.Datasets;
using Adamant.Engine;

NativeEngine.Start();
switch (args)
{
    case ["speed"]:
        Speed.Run(Console.Out);
        return 0;
    case ["generation"] when Environment.GetEnvironmentVariable(DatasetCatalog.FolderVariable) is { Length: > 0 } folder:
        GenerationSpeed.Run(Console.Out, Path.Combine(folder, "stories260k"));
        return 0;
    case ["seq2seq", ("dates" or "reversal") and var task, var epochs]:
        Seq2SeqStudy.Run(Console.Out, task, int.Parse(epochs));
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project bench/Adamant.Bench -- speed | generation (with ADAMANT_DATA_DIR) | seq2seq dates 8");
        return 2;
}
