using System.Buffers.Binary;
using System.Text;

namespace Adamant.Tests.Engine;

/// <summary>The smallest 64-bit ELF image that has versioned symbols, built from names; says where each name's traces lie.</summary>
public sealed class SyntheticElf
{
    private const int HeaderSize = 64, SectionSize = 64, SymbolSize = 24;
    private readonly StringBuilder names = new("\0");

    /// <param name="symbols">Each undefined symbol with its version.</param>
    /// <param name="versions">The versions of the one needed library, numbered from 2.</param>
    public SyntheticElf((string Name, string Version)[] symbols, string[] versions)
    {
        var versionNames = versions.Select(Name).ToArray();
        var symbolNames = symbols.Select(s => Name(s.Name)).ToArray();
        var text = Encoding.ASCII.GetBytes(names.ToString());
        (NamesAt, SymbolsAt) = (HeaderSize, HeaderSize + text.Length);
        VersionsAt = SymbolsAt + (SymbolSize * (symbols.Length + 1));
        NeededAt = VersionsAt + (2 * (symbols.Length + 1));
        var sections = NeededAt + (16 * (versions.Length + 1));
        Image = new byte[sections + (4 * SectionSize)];

        "\u007fELF\u0002\u0001"u8.CopyTo(Image);
        U64(40, (ulong)sections);
        U16(58, SectionSize);
        U16(60, 4);
        text.CopyTo(Image, NamesAt);
        for (var i = 0; i < symbols.Length; i++)
        {
            U32(SymbolsAt + (SymbolSize * (i + 1)), (uint)symbolNames[i]);
            U16(VersionsAt + (2 * (i + 1)), (ushort)(2 + Array.IndexOf(versions, symbols[i].Version)));
        }
        U16(NeededAt, 1);
        U16(NeededAt + 2, (ushort)versions.Length);
        U32(NeededAt + 8, 16);
        for (var i = 0; i < versions.Length; i++)
        {
            var entry = EntryAt(i);
            U32(entry, 0x1000u + (uint)i);                                      // a hash: any number, as long as it moves along
            U16(entry + 6, (ushort)(2 + i));
            U32(entry + 8, (uint)versionNames[i]);
            U32(entry + 12, i + 1 < versions.Length ? 16u : 0);
        }
        Section(0, sections, type: 3, NamesAt, text.Length, link: 0);
        Section(1, sections, type: 11, SymbolsAt, SymbolSize * (symbols.Length + 1), link: 0);
        Section(2, sections, type: 0x6fffffff, VersionsAt, 2 * (symbols.Length + 1), link: 1);
        Section(3, sections, type: 0x6ffffffe, NeededAt, 16 * (versions.Length + 1), link: 0);
    }

    public byte[] Image { get; }

    public int NamesAt { get; }

    public int SymbolsAt { get; }

    public int VersionsAt { get; }

    public int NeededAt { get; }

    public int EntryAt(int version) => NeededAt + (16 * (version + 1));

    private int Name(string name)
    {
        var at = names.Length;
        names.Append(name).Append('\0');
        return at;
    }

    private void Section(int number, int table, uint type, int offset, int size, uint link)
    {
        var at = table + (SectionSize * number);
        U32(at + 4, type);
        U64(at + 24, (ulong)offset);
        U64(at + 32, (ulong)size);
        U32(at + 40, link);
    }

    private void U16(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Image.AsSpan(at), value);

    private void U32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Image.AsSpan(at), value);

    private void U64(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Image.AsSpan(at), value);
}
