using System.Buffers.Binary;
using System.Text;

namespace Adamant.Engine;

/// <summary>
/// Points one undefined, versioned symbol of a 64-bit little-endian ELF library at another symbol and an older version of it.
/// </summary>
/// <remarks>
/// libLibTorchSharp.so 0.107.0 is built with GCC 13 and asks libstdc++ for exactly one newer symbol,
/// <c>std::ios_base_library_init()@GLIBCXX_3.4.32</c>. The constructor of <c>std::ios_base::Init</c>, in every libstdc++ since 2002, does the
/// same job. Three places name the symbol: its name in <c>.dynstr</c>, its version index in <c>.gnu.version</c>, and the version itself in
/// <c>.gnu.version_r</c>. The image keeps its size. Anything unexpected (another symbol of that version, no such symbol, a malformed
/// file) leaves the image untouched.
/// Source: System V ABI, chapter 5 (dynamic linking); Linux Standard Base 5.0, "Symbol Versioning".
/// </remarks>
internal sealed record ElfRebind(string Symbol, string Version, string NewSymbol, string NewVersion)
{
    private const ushort HiddenBit = 0x8000;

    /// <summary>The one edit that Adamant makes: see the remarks of the type.</summary>
    public static ElfRebind IosBaseInit { get; } =
        new("_ZSt21ios_base_library_initv", "GLIBCXX_3.4.32", "_ZNSt8ios_base4InitC1Ev", "GLIBCXX_3.4");

    /// <summary>Edits the image in place; false, and the image unchanged, when it is not exactly what is expected.</summary>
    public bool TryApply(Span<byte> image)
    {
        try
        {
            return Apply(image);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException or IndexOutOfRangeException)
        {
            return false;                                       // truncated or malformed: every offset is checked before the first write
        }
    }

    private bool Apply(Span<byte> image)
    {
        if (image.Length < 64 || !image[..6].SequenceEqual("\u007fELF\u0002\u0001"u8)) return false;
        if (!TryFindSections(image, out var names, out var symbols, out var versions, out var needed)) return false;
        if (NewSymbol.Length > Symbol.Length) return false;

        // The version that is too new, and the older one of the same library that replaces it.
        int tooNew = -1, older = -1;
        for (var library = needed; ;)
        {
            var entry = library + (int)U32(image, library + 8);
            for (var i = 0; i < U16(image, library + 2); i++)
            {
                var name = NameAt(image, names, U32(image, entry + 8));
                if (name == Version) tooNew = entry;
                if (name == NewVersion) older = entry;
                entry += (int)U32(image, entry + 12);
            }
            var next = (int)U32(image, library + 12);
            if (tooNew >= 0 || next <= 0) break;                // never backwards: that could go on forever
            library += next;
        }
        if (tooNew < 0 || older < 0) return false;

        // Exactly one symbol may carry that version, and it must be ours.
        var index = U16(image, tooNew + 6);
        var found = -1;
        for (var i = 0; i < symbols.Count; i++)
        {
            if ((U16(image, versions + 2 * i) & ~HiddenBit) != index) continue;
            if (found >= 0 || NameAt(image, names, U32(image, symbols.Offset + 24 * i)) != Symbol) return false;
            found = i;
        }
        if (found < 0) return false;

        var text = image.Slice(names + (int)U32(image, symbols.Offset + 24 * found), Symbol.Length);
        text.Clear();
        Encoding.ASCII.GetBytes(NewSymbol, text);
        image.Slice(older + 6, 2).CopyTo(image.Slice(versions + 2 * found, 2));
        image.Slice(older, 4).CopyTo(image.Slice(tooNew, 4));              // hash of the version's name
        image.Slice(older + 8, 4).CopyTo(image.Slice(tooNew + 8, 4));      // the name itself
        return true;
    }

    private static bool TryFindSections(
        ReadOnlySpan<byte> image, out int names, out (int Offset, int Count) symbols, out int versions, out int needed)
    {
        const uint dynsym = 11, versym = 0x6fffffff, verneed = 0x6ffffffe;
        (names, symbols, versions, needed) = (-1, (-1, 0), -1, -1);
        var (table, size, count) = (checked((int)U64(image, 40)), U16(image, 58), U16(image, 60));
        _ = image.Slice(table, size * count);                   // it ends the file: a truncated one stops here
        for (var i = 0; i < count; i++)
        {
            var header = table + size * i;
            var offset = checked((int)U64(image, header + 24));
            switch (U32(image, header + 4))
            {
                case dynsym:
                    symbols = (offset, checked((int)(U64(image, header + 32) / 24)));
                    names = checked((int)U64(image, table + size * (int)U32(image, header + 40) + 24));
                    break;
                case versym: versions = offset; break;
                case verneed: needed = offset; break;
            }
        }
        return names >= 0 && versions >= 0 && needed >= 0;
    }

    private static string NameAt(ReadOnlySpan<byte> image, int names, uint offset)
    {
        var rest = image[checked(names + (int)offset)..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private static ushort U16(ReadOnlySpan<byte> image, int at) => BinaryPrimitives.ReadUInt16LittleEndian(image[at..]);

    private static uint U32(ReadOnlySpan<byte> image, int at) => BinaryPrimitives.ReadUInt32LittleEndian(image[at..]);

    private static ulong U64(ReadOnlySpan<byte> image, int at) => BinaryPrimitives.ReadUInt64LittleEndian(image[at..]);
}
