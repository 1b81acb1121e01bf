using Adamant.Engine;

namespace Adamant.Tests.Engine;

public sealed class NativeEngineTests : TensorTest
{
    [Fact]
    public void The_engine_loads_here()
    {
        Assert.NotEqual(EngineLoad.Failed, NativeEngine.Load);
        Assert.Null(NativeEngine.Failure);
        Assert.Equal(3, ones(3).sum(dim: 0).ToDouble());
    }

    [Fact]
    public void Numbers_near_zero_are_zero_on_a_thread_that_asks_for_it()
    {
        Assert.SkipUnless(NativeEngine.FlushesDenormals, "Neither libtorch nor the processor offers it here.");
        var product = double.NaN;
        var thread = new Thread(() =>
        {
            using var scope = NewDisposeScope();
            new Processor(System.Runtime.InteropServices.NativeLibrary.Load("libtorch_cpu.so", typeof(torch).Assembly, null)).TryFlushDenormals(true);
            product = (tensor(1e-38f) * 1e-2f).ToDouble();
        });
        thread.Start();
        thread.Join();
        Assert.Equal(0, product);
    }

    [Theory]
    [InlineData(100L, 1000L, 300L, 100L)]                       // a machine with little left
    [InlineData(64_000L, 1000L, 300L, 700L)]                    // a small container on a large machine
    [InlineData(null, 1000L, 300L, 700L)]                       // the system does not say
    [InlineData(64_000L, 1000L, 1200L, 0L)]
    public void A_container_has_no_more_free_than_its_share(long? machine, long total, long load, long free) =>
        Assert.Equal(free, EngineInfo.Free(machine, total, load));

    [Fact]
    public void There_are_no_more_threads_than_cores() => Assert.InRange(get_num_threads(), 1, Environment.ProcessorCount);

    [Fact]
    public void Doctor_learns_everything()
    {
        var info = EngineInfo.Collect();

        Assert.Equal(NativeEngine.Load, info.Load);
        Assert.StartsWith("libtorch loads", info.Cause, StringComparison.Ordinal);
        Assert.Empty(info.Cure);
        Assert.StartsWith("0.107", info.TorchSharp, StringComparison.Ordinal);
        Assert.StartsWith("2.10", info.Libtorch, StringComparison.Ordinal);
        Assert.InRange(info.AvailableMemory, 1, info.TotalMemory);
        Assert.InRange(info.Resident, 1, info.TotalMemory);
        Assert.All(info.Lines, line => Assert.NotEmpty(line.Value));
        if (OperatingSystem.IsLinux()) Assert.StartsWith("libstdc++", info.Libstdcxx, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/x/libLibTorchSharp.so: /lib/libstdc++.so.6: version `GLIBCXX_3.4.99' not found", "newer distribution")]
    [InlineData("/lib/libc.so.6: version `GLIBC_2.99' not found", "newer distribution")]
    [InlineData("/x/libc10.so: file too short", "Build again")]
    [InlineData(null, "Build for linux-x64")]
    public void A_failure_comes_with_its_cause_and_a_cure(string? failure, string cure)
    {
        var explained = EngineInfo.Explain(EngineLoad.Failed, failure);
        Assert.Contains(failure ?? "does not load", explained.Cause, StringComparison.Ordinal);
        Assert.Contains(cure, explained.Cure, StringComparison.Ordinal);
    }
}
