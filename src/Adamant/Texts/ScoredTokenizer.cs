using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Adamant.Texts;

/// <summary>
/// Byte pairs by score, as SentencePiece has them: of all neighbors whose union is a piece of the vocabulary the best is joined, until none is left.
/// </summary>
/// <remarks>
/// Token 0 is unknown, 1 begins a text, 2 ends it, 3 to 258 are single bytes for characters that the vocabulary does not have, so that every text has tokens.
/// A text begins with a space that decoding takes away again. Time grows with n · log n. Source: Kudo, Richardson, "SentencePiece", EMNLP 2018, arXiv:1808.06226.
/// </remarks>
public sealed class ScoredTokenizer : ITokenizer
{
    /// <summary>The token that begins a text; the end of the one before it.</summary>
    public const int Begin = 1;

    private const int FirstByte = 3, FirstPiece = FirstByte + 256;
    private readonly IReadOnlyList<(string Piece, float Score)> pieces;
    private readonly FrozenDictionary<string, int> numbers;

    /// <summary>Takes a vocabulary.</summary>
    /// <param name="pieces">In the order of their numbers, at least 259; those from 3 to 258 are <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>. The better score is the higher.</param>
    /// <exception cref="ArgumentException">The pieces of single bytes are not where they should be, or a score is no number.</exception>
    public ScoredTokenizer(IReadOnlyList<(string Piece, float Score)> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        if (pieces.Count < FirstPiece) throw new ArgumentException($"Expected at least {FirstPiece} pieces, got {pieces.Count}.", nameof(pieces));
        for (var b = 0; b < 256; b++)
        {
            if (pieces[FirstByte + b].Piece != string.Create(CultureInfo.InvariantCulture, $"<0x{b:X2}>"))
                throw new ArgumentException($"Expected piece {FirstByte + b} to be the byte <0x{b:X2}>, got another.", nameof(pieces));
        }
        if (pieces.Any(p => !float.IsFinite(p.Score))) throw new ArgumentException("Expected finite scores, got another.", nameof(pieces));
        this.pieces = pieces;
        var byPiece = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = FirstPiece; id < pieces.Count; id++) byPiece.TryAdd(pieces[id].Piece, id);
        numbers = byPiece.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The number of tokens.</summary>
    public int Vocabulary => pieces.Count;

    /// <inheritdoc/>
    /// <remarks>The beginning of the next text.</remarks>
    public int? Stop => Begin;

    /// <inheritdoc/>
    public IReadOnlyList<int> Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 ? [Begin] : [Begin, .. Join(Characters($" {text}"))];
    }

    /// <inheritdoc/>
    public IEnumerable<string> Decode(IEnumerable<int> tokens, int? after = null)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return Read(tokens, after);
    }

    private IEnumerable<string> Read(IEnumerable<int> tokens, int? before)
    {
        var decoder = Encoding.UTF8.GetDecoder();               // holds back the first bytes of a character
        var characters = new char[4];
        foreach (var token in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(token);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, pieces.Count);
            if (token is >= FirstByte and < FirstPiece)
            {
                var count = decoder.GetChars([(byte)(token - FirstByte)], 0, 1, characters, 0);
                if (count > 0) yield return new string(characters, 0, count);
            }
            else if (token >= FirstPiece)
            {
                var piece = pieces[token].Piece;
                yield return before == Begin && piece.StartsWith(' ') ? piece[1..] : piece;
            }
            before = token;
        }
    }

    /// <summary>One token for each character, or one for each of its bytes.</summary>
    private List<int> Characters(string text)
    {
        var ids = new List<int>(text.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (numbers.TryGetValue(rune.ToString(), out var id)) ids.Add(id);
            else foreach (var b in bytes[..rune.EncodeToUtf8(bytes)]) ids.Add(FirstByte + b);
        }
        return ids;
    }

    /// <summary>Joins the best pair again and again; the leftmost among equals.</summary>
    private IEnumerable<int> Join(List<int> ids)
    {
        var next = Enumerable.Range(1, ids.Count).ToArray();
        var previous = Enumerable.Range(-1, ids.Count).ToArray();
        var waiting = new PriorityQueue<(int Left, int LeftId, int RightId, int Joined), (float Score, int Left)>();
        for (var i = 0; i + 1 < ids.Count; i++) Offer(i);
        while (waiting.TryDequeue(out var pair, out _))
        {
            var (left, leftId, rightId, joined) = pair;
            var right = next[left];
            if (ids[left] != leftId || right >= ids.Count || ids[right] != rightId) continue;      // one of the two was joined with another
            (ids[left], ids[right], next[left]) = (joined, -1, next[right]);
            if (next[left] < ids.Count) previous[next[left]] = left;
            Offer(left);
            if (previous[left] >= 0) Offer(previous[left]);
        }
        return ids.Where(id => id >= 0);

        void Offer(int left)
        {
            if (next[left] >= ids.Count) return;
            var (a, b) = (ids[left], ids[next[left]]);
            if (a < FirstPiece || b < FirstPiece || !numbers.TryGetValue(pieces[a].Piece + pieces[b].Piece, out var joined)) return;
            waiting.Enqueue((left, a, b, joined), (-pieces[joined].Score, left));
        }
    }
}
