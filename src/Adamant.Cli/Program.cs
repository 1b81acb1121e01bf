using Adamant.Cli;
using Adamant.Engine;

NativeEngine.Start();
return await App.RunAsync(args, Console.Out, Console.Error);
