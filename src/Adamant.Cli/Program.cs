using Adamant.Engine;

NativeEngine.Start();
Console.WriteLine($"{NativeEngine.Load} {NativeEngine.Failure}");
Console.WriteLine(sum(ones(3)).item<float>());
