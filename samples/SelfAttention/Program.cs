// Self-attention learns where to look. A row of eight words, one of them marked: every position shall say the marked word.
using Adamant.Models;
using static TorchSharp.torch;

random.manual_seed(0);
using var scope = NewDisposeScope();
const int Words = 10, Length = 8, Width = 32;

using var attention = new MultiHeadSelfAttention(dModel: Width, heads: 1);
using var read = nn.Linear(Words + 1, Width);                   // a word as ten numbers, and an eleventh for the mark
using var say = nn.Linear(Width, Words);
using var optimizer = optim.Adam([.. attention.parameters(), .. read.parameters(), .. say.parameters()], 0.01);

for (var step = 0; step <= 100; step++)
{
    using var inner = NewDisposeScope();
    var (inputs, answers, _) = Draw(64);
    var logits = say.call(attention.call(read.call(inputs)));   // [64, 8, 10]: every position answers
    var loss = nn.functional.cross_entropy(logits.flatten(0, 1), answers.repeat_interleave(Length));
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    if (step % 25 == 0) Console.WriteLine($"step {step,3}: loss {loss.item<float>():0.00}");
}

// Who looks at whom: the rows ask, the columns answer. One column has all the weight, and it is the marked one.
using var noGrad = no_grad();
var (sentence, _, marked) = Draw(1);
var (_, weights) = attention.Attend(read.call(sentence));
Console.WriteLine($"the marked word is number {marked.item<long>() + 1}; the looks of each word at the eight:");
for (var row = 0; row < Length; row++)
    Console.WriteLine("  " + string.Join(" ", weights[0, 0, row].data<float>().ToArray().Select(w => $"{w:0.00}")));

(Tensor Inputs, Tensor Answers, Tensor Marked) Draw(int count)
{
    var words = randint(0, Words, [count, Length], ScalarType.Int64);
    var mark = randint(0, Length, [count, 1], ScalarType.Int64);
    var flags = zeros(count, Length).scatter(1, mark, ones(count, 1));
    var inputs = cat([nn.functional.one_hot(words, Words).to_type(ScalarType.Float32), flags.unsqueeze(-1)], -1);
    return (inputs, words.gather(1, mark).squeeze(1), mark);
}
