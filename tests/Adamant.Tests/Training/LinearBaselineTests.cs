using Adamant.Data;
using Adamant.Texts;
using Adamant.Training;

namespace Adamant.Tests.Training;

public sealed class LinearBaselineTests : TensorTest
{
    [Fact]
    public void Weighs_terms_as_the_formula_says()
    {
        // Texts "red red cat" and "red dog": n = 2, df(red) = 2, the others 1. idf(red) = 1 + ln(3/3) = 1, else 1 + ln(3/2).
        var terms = new TfIdf(["red red cat", "a red dog"]);
        var idf = 1 + Math.Log(1.5);

        // "red" twice, "red red", "cat", "red cat" in the first text; letters alone are no words.
        var raw = new[] { (1 + Math.Log(2)) * 1, idf, idf, idf };
        var length = Math.Sqrt(raw.Sum(w => w * w));
        var row = terms.Weigh(["Red red cat!"]).Times(eye(terms.Count))[0].data<float>().ToArray();

        Assert.Equal(6, terms.Count);                            // red, cat, red red, red cat, dog, red dog
        Assert.Equal(raw.Select(w => w / length).Order(), row.Where(w => w > 0).Select(w => (double)w).Order(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Finds_the_minimum_of_a_quadratic_function()
    {
        var (scale, center) = (tensor(new[] { 1f, 100f, 0.01f }), tensor(new[] { 3f, -2f, 5f }));

        var found = Lbfgs.Minimize(zeros(3), x => ((double)((x - center).square() * scale).sum(dim: 0).item<float>() / 2, (x - center) * scale), 100, 1e-5, Cancellation);

        Assert.True(found.allclose(center, atol: 1e-2), $"[{string.Join(", ", found.data<float>().ToArray())}]");
    }

    [Fact]
    public void The_gradient_is_zero_at_the_weights_that_it_finds()
    {
        using var data = Data(("good fine", 1), ("fine day", 1), ("bad day", 0), ("awful bad", 0), ("so so", 0));
        using var baseline = LinearBaseline.Fit(data, cancellation: Cancellation);

        // The bias has no penalty: at the minimum the mean probability of a class is its share.
        Assert.Equal(2 / 5f, baseline.Logits(data.Texts).softmax(1).mean([0])[1].item<float>(), 2e-2);
        Assert.Equal(new Proportion(5, 5), baseline.Accuracy(data));
    }

    [Fact]
    public void Learns_what_a_word_means_and_knows_nothing_of_unknown_words()
    {
        using var data = Data([.. Enumerable.Range(0, 40).Select(i => ($"{(i % 2 == 0 ? "great" : "poor")} product number{i}", (long)(i % 2)))]);
        using var baseline = LinearBaseline.Fit(data, cancellation: Cancellation);

        Assert.Equal([0, 1], baseline.Logits(["Great!", "a poor one"]).argmax(1).data<long>().ToArray());
        var (unknown, more) = (baseline.Logits(["xyzzy"]), baseline.Logits(["plugh plugh"]));
        Assert.Equal(unknown.data<float>().ToArray(), more.data<float>().ToArray());
    }

    [Fact]
    public void The_same_texts_give_the_same_weights_and_no_tensor_is_left()
    {
        using var data = Data(("good fine", 1), ("bad day", 0), ("fine day", 1));
        float[] Fit()
        {
            using var baseline = LinearBaseline.Fit(data, cancellation: Cancellation);
            return baseline.Logits(data.Texts).data<float>().ToArray();
        }
        var first = Fit();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope()) Assert.Equal(first, Fit());

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static TextDataset Data(params (string Text, long Label)[] rows)
    {
        string[] texts = [.. rows.Select(r => r.Text)];
        var encoding = TextEncoding.Fit(texts);
        return new TextDataset(
            new DatasetCard { Name = "t", Input = encoding.Input, Rows = rows.Length, ClassNames = ["no", "yes"], Encoding = encoding }, texts, tensor(rows.Select(r => r.Label).ToArray()));
    }
}
