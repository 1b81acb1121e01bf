using System.Runtime.CompilerServices;
using Adamant.Texts;
using Adamant.Victims;

namespace Adamant.Attacks.Evasion;

/// <summary>
/// The edits of tokens that raise a loss the most, to first order.
/// <code>replace: g_t · (e_v − e_t);   insert: g_t · e_v;   delete: −g_t · e_t;   g = ±∇ₑ L</code>
/// </summary>
internal static class Flips
{
    private const long MostNumbers = 1 << 24;                   // of the scores [n, T, V] at once: 64 MB

    private static readonly ConditionalWeakTable<TextEncoding, bool[]> Writable = [];

    /// <summary>The best edits of each text.</summary>
    /// <param name="victim">The model under attack.</param>
    /// <param name="texts">As they are now.</param>
    /// <param name="rows">The number of the text in the goals, for each.</param>
    /// <param name="goals">What is wanted.</param>
    /// <param name="edits">May say which words may stand for others.</param>
    /// <param name="count">Edits of each kind per text.</param>
    /// <param name="cancellation">Obeyed before each query.</param>
    /// <returns>The edits per text, the summed loss, and the margin of each text.</returns>
    public static (List<Flip>[] Flips, double Loss, float[] Margins) Of(
        ITextDifferentiable victim, IReadOnlyList<string> texts, IReadOnlyList<int> rows, TextGoals goals, Edits edits, int count, CancellationToken cancellation)
    {
        var (flips, margins, loss) = (new List<Flip>[texts.Count], new float[texts.Count], 0.0);
        var lengths = texts.Select(t => victim.Encoding.Tokenize(t)).ToArray();
        var chunk = (int)Math.Clamp(MostNumbers / (lengths.Max(t => t.Count) * victim.Table.shape[0]), 1, 256);
        for (var start = 0; start < texts.Count; start += chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var n = Math.Min(chunk, texts.Count - start);
            int[] own = [.. rows.Skip(start).Take(n)];
            var tokens = victim.Encoding.Encode([.. texts.Skip(start).Take(n)]);
            var (gradient, embedded, logits, partLoss) = Gradient(victim, tokens, goals.Classes(own), goals.Direction);
            goals.Margins(logits, own).CopyTo(margins, start);
            loss += partLoss;

            var here = (gradient * embedded).sum(dim: -1);                              // [n, T]
            var best = Any(victim, gradient, count);
            var current = here.data<float>().ToArray();
            var length = (int)tokens.shape[1];
            for (var i = 0; i < n; i++)
            {
                var worth = current.AsSpan(i * length, lengths[start + i].Count).ToArray();
                var allowed = lengths[start + i].Select(t => edits.Substitutes(texts[start + i].Substring(t.Start, t.Length))).ToArray();
                flips[start + i] = allowed.All(a => a is null)
                    ? Free(best, i, length, worth, count)
                    : Among(victim, gradient[i], worth, allowed, count);
            }
        }
        return (flips, loss, margins);
    }

    /// <summary>The gradient with respect to the embeddings, in the direction of the goals; zero at padding and where it is not a number.</summary>
    private static (Tensor Gradient, Tensor Embedded, Tensor Logits, double Loss) Gradient(ITextDifferentiable victim, Tensor tokens, Tensor classes, int direction)
    {
        using var grad = enable_grad();
        var embedded = victim.Embed(tokens).detach().requires_grad_();
        var logits = victim.FromEmbedding(embedded, tokens);
        var loss = nn.functional.cross_entropy(logits, classes, reduction: nn.Reduction.Sum);
        var gradient = autograd.grad([loss], [embedded])[0].nan_to_num_(0).mul_(direction).mul_(tokens.ne(TextEncoding.Padding).unsqueeze(-1));
        return (gradient, embedded.detach(), logits.detach(), loss.item<float>());
    }

    /// <summary>For each token of each text, the tokens of the vocabulary that lie farthest along its gradient: scores and numbers, <c>[n, T, count]</c> as arrays.</summary>
    private static (float[] Scores, long[] Tokens, int Count) Any(ITextDifferentiable victim, Tensor gradient, int count)
    {
        using var scope = NewDisposeScope();
        var writable = Writable.GetValue(victim.Encoding, Words);
        count = Math.Min(count, writable.Count(w => w));
        if (count == 0) return ([], [], 0);
        var table = victim.Table.detach();
        var scores = gradient.matmul(table.t());
        var forbidden = tensor(Enumerable.Range(0, (int)table.shape[0]).Select(v => v >= writable.Length || !writable[v]).ToArray());
        var (values, numbers) = scores.masked_fill_(forbidden, float.NegativeInfinity).topk(count, -1);
        return (values.data<float>().ToArray(), numbers.data<long>().ToArray(), count);
    }

    private static List<Flip> Free((float[] Scores, long[] Tokens, int Count) best, int row, int length, float[] worth, int count)
    {
        var places =
            from t in Enumerable.Range(0, worth.Length)
            from k in Enumerable.Range(0, best.Count)
            let at = (((row * length) + t) * best.Count) + k
            select (Position: t, Token: (int)best.Tokens[at], Score: best.Scores[at]);
        var all = places.ToList();
        return
        [
            .. all.OrderByDescending(p => p.Score - worth[p.Position]).Take(count).Select(p => new Flip(FlipKind.Replace, p.Position, p.Token)),
            .. all.OrderByDescending(p => p.Score).Take(count).Select(p => new Flip(FlipKind.Insert, p.Position, p.Token)),
            .. Enumerable.Range(0, worth.Length).OrderBy(t => worth[t]).Take(count).Select(t => new Flip(FlipKind.Delete, t, 0)),
        ];
    }

    /// <summary>The best replacements where the threat says what may stand for what.</summary>
    private static List<Flip> Among(ITextDifferentiable victim, Tensor gradient, float[] worth, IReadOnlyList<string>?[] allowed, int count)
    {
        using var scope = NewDisposeScope();
        var places =
            from t in Enumerable.Range(0, allowed.Length)
            from word in allowed[t] ?? []
            let token = victim.Encoding.Tokenize(word)
            where token is [{ Id: > TextEncoding.Unknown }]
            select (Position: t, Token: token[0].Id);
        var all = places.ToList();
        if (all.Count == 0) return [];
        var rows = victim.Table.detach().index_select(0, tensor(all.Select(p => (long)p.Token).ToArray()));
        var scores = (rows * gradient.index_select(0, tensor(all.Select(p => (long)p.Position).ToArray()))).sum(dim: -1).data<float>().ToArray();
        return [.. all.Zip(scores).OrderByDescending(p => p.Second - worth[p.First.Position]).Take(count).Select(p => new Flip(FlipKind.Replace, p.First.Position, p.First.Token))];
    }

    /// <summary>The tokens that are a word when they are written out, and are read back as themselves.</summary>
    private static bool[] Words(TextEncoding encoding) =>
    [
        .. encoding.Vocabulary.Select((piece, id) => id > TextEncoding.Unknown && Texts.Words.Of(piece) is [var word] && word == piece
            && encoding.Tokenize(piece) is [var token] && token.Id == id),
    ];
}
