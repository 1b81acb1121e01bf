using System.Text;
using Adamant.Engine;
using FsCheck.Xunit;

namespace Adamant.Tests.Engine;

public sealed class ElfRebindTests
{
    private static readonly ElfRebind Rebind = new("too_new", "V_9", "old", "V_1");

    [Fact]
    public void Changes_the_name_its_version_and_the_needed_version_and_nothing_else()
    {
        var elf = Elf();
        var image = elf.Image.ToArray();

        Assert.True(Rebind.TryApply(image));

        var expected = elf.Image.ToArray();
        var name = Encoding.ASCII.GetString(expected).IndexOf("too_new", StringComparison.Ordinal);
        "old\0\0\0\0"u8.CopyTo(expected.AsSpan(name));
        expected[elf.VersionsAt + 4] = 2;                                                        // the number of V_1
        expected.AsSpan(elf.EntryAt(0), 4).CopyTo(expected.AsSpan(elf.EntryAt(1), 4));           // the hash of V_1
        expected.AsSpan(elf.EntryAt(0) + 8, 4).CopyTo(expected.AsSpan(elf.EntryAt(1) + 8, 4));   // its name
        Assert.Equal(expected, image);
    }

    [Fact]
    public void Refuses_what_it_was_not_made_for()
    {
        Unchanged(new SyntheticElf([("other", "V_1"), ("another", "V_9")], ["V_1", "V_9"]).Image);                       // not our symbol
        Unchanged(new SyntheticElf([("other", "V_9"), ("too_new", "V_9")], ["V_1", "V_9"]).Image);                       // ours, and one more
        Unchanged(new SyntheticElf([("too_new", "V_1")], ["V_1", "V_9"]).Image);                                         // nobody asks for the version
        Unchanged(new SyntheticElf([("too_new", "V_8")], ["V_1", "V_8"]).Image);                                         // another version
        Unchanged(new SyntheticElf([("too_new", "V_9")], ["V_9"]).Image);                                                // no older version to point at
        Unchanged([]);
        Unchanged("not an ELF image, but longer than the header of one would be, so that only its magic differs"u8.ToArray());
        var image = Elf().Image;
        Assert.False((Rebind with { NewSymbol = "longer_than_too_new" }).TryApply(image));
        Assert.Equal(Elf().Image, image);
    }

    [Fact]
    public void Does_nothing_the_second_time()
    {
        var image = Elf().Image;
        Assert.True(Rebind.TryApply(image));
        Unchanged(image);
    }

    [Fact]
    public void Truncated_at_any_byte_the_image_stays_as_it_is()
    {
        var image = Elf().Image;
        for (var length = 0; length < image.Length; length++) Unchanged(image[..length]);
    }

    [Property(MaxTest = 2000)]
    public void Whatever_is_damaged_it_edits_only_the_expected_number_of_bytes_or_none((ushort At, byte Value)[] damage)
    {
        var image = Elf().Image;
        foreach (var (at, value) in damage) image[at % image.Length] = value;
        var before = image.ToArray();

        var done = Rebind.TryApply(image);

        var changed = image.Zip(before).Count(pair => pair.First != pair.Second);
        Assert.InRange(changed, 0, done ? "too_new".Length + 2 + 4 + 4 : 0);
    }

    [Fact]
    public void A_list_of_libraries_that_leads_back_ends()
    {
        var elf = Elf();
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(elf.Image.AsSpan(elf.NeededAt + 12), -16);
        elf.Image[elf.EntryAt(1) + 8] = 0;                                                       // and V_9 is not in it
        Unchanged(elf.Image);
    }

    [Fact]
    public void The_real_library_changes_in_at_most_34_bytes()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
        if (!File.Exists(path)) path = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        Assert.SkipUnless(File.Exists(path), "The native library is not beside the tests.");
        var before = File.ReadAllBytes(path);
        var image = before.ToArray();

        Assert.True(ElfRebind.IosBaseInit.TryApply(image));

        Assert.InRange(image.Zip(before).Count(pair => pair.First != pair.Second), 1, ElfRebind.IosBaseInit.Symbol.Length + 2 + 4 + 4);
        Assert.Contains("\0_ZNSt8ios_base4InitC1Ev\0\0", Encoding.Latin1.GetString(image), StringComparison.Ordinal);
    }

    private static SyntheticElf Elf() => new([("something", "V_1"), ("too_new", "V_9"), ("more", "V_1")], ["V_1", "V_9"]);

    private static void Unchanged(byte[] image)
    {
        var before = image.ToArray();
        Assert.False(Rebind.TryApply(image));
        Assert.Equal(before, image);
    }
}
