using Adamant.Bench;
using Adamant.Datasets;
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
    case ["text-attacks", .. var networks]:
        TextAttacks.Run(Console.Out, networks);
        return 0;
    case ["series", .. var which]:
        SeriesStudy.Run(Console.Out, which.FirstOrDefault("all"), which.ElementAtOrDefault(1) ?? "");
        return 0;
    case ["tables", .. var which]:
        TableStudy.Run(Console.Out, which.FirstOrDefault("all"));
        return 0;
    case ["vision", var folder]:
        Vision.Run(Console.Out, folder);
        return 0;
    case ["minimum-norm", var model, .. var attacks]:
        MinimumNormStudy.Run(Console.Out, model, attacks);
        return 0;
    case ["black-box", .. var part]:
        BlackBoxStudy.Run(Console.Out, part.FirstOrDefault("all"), part.ElementAtOrDefault(1) ?? "fashion");
        return 0;
    case ["certificates", var folder]:
        Certificates.Run(Console.Out, folder);
        return 0;
    case ["memory", var folder]:
        MemoryStudy.Run(folder, Console.Out);
        return 0;
    case ["memory", var name, var length, var seed]:
        Console.WriteLine(MemoryStudy.Train(MemoryNetwork.All.Concat(MemoryNetwork.Variants).Single(n => n.Name == name), int.Parse(length), int.Parse(seed)));
        return 0;
    case ["generation"] when Environment.GetEnvironmentVariable(DatasetCatalog.FolderVariable) is { Length: > 0 } folder:
        GenerationSpeed.Run(Console.Out, Path.Combine(folder, "stories260k"));
        return 0;
    case ["autoattack", var model, .. var attacks]:
        AutoAttackStudy.Run(Console.Out, model, attacks);
        return 0;
    case ["seq2seq", ("dates" or "reversal") and var task, var epochs]:
        Seq2SeqStudy.Run(Console.Out, task, int.Parse(epochs));
        return 0;
    case ["defenses", .. var which]:
        DefenseStudy.Run(Console.Out, which.FirstOrDefault("all"), which.Length > 1 ? int.Parse(which[1]) : 8, which.ElementAtOrDefault(2) ?? "");
        return 0;
    default:
        Console.Error.WriteLine(
            """
            Usage: dotnet run -c Release --project bench/Adamant.Bench -- STUDY
            speed                           the share of the machine's arithmetic that is reached
            texts [set [runs]]              networks beside the linear baseline
            text-attacks [network …]        attacks on texts, and training against them
            series [set [network]]          remaining life, heartbeats, forecasts
            tables [set]                    fraud and credit under feature constraints
            vision FOLDER                   lines, shifted images and shared weights, with the page
            minimum-norm MODEL [attack …]   how near the nearest adversarial images are
            black-box [PART [SET]]          transfer, queries, corruptions
            certificates FOLDER             what is proved of the models of bench/certificates.sh
            memory FOLDER                   how far back networks remember, with the plot
            generation                      tokens per second with and without the cache (with ADAMANT_DATA_DIR)
            autoattack MODEL [attack …]     AutoAttack and its parts on Fashion-MNIST, as in results/autoattack.md
            defenses [training|sanitizers|detectors [epochs [name]]]   what defenses are worth when the attacker knows them
            seq2seq dates|reversal EPOCHS   sequence to sequence, exact match
            """);
        return 2;
}
