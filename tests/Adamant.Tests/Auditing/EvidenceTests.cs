using System.Text.Json.Nodes;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Auditing;
using Adamant.Data;
using Adamant.Serialization;
using Adamant.Tests.Victims;
using Adamant.Training;
using Adamant.Victims;

namespace Adamant.Tests.Auditing;

/// <summary>One series of two steps; class 1 where their sum is above 1. What evidence says, and what becomes of it when somebody changes it.</summary>
public sealed class EvidenceTests : TensorTest
{
    private const string Weights = "0123456789abcdef";
    private static readonly InputSpec Input = new([2, 1], 0, 1);
    private static readonly FunctionVictim Sum = new(Input, x => cat([zeros_like(x.sum(1)), 20 * (x.sum(1) - 1)], 1));
    private readonly TemporaryFolder folder = new();

    private readonly Batch data = new(
        tensor(new[] { 0.2f, 0.2f, 0.45f, 0.5f, 0.6f, 0.45f, 0.9f, 0.9f, 0.9f, 0.2f }).reshape(-1, 2, 1), tensor(new[] { 0L, 0, 1, 1, 0 }));

    public override void Dispose()
    {
        folder.Dispose();
        base.Dispose();
    }

    private string At => folder["evidence"];

    public static TheoryData<string> Balls => ["linf", "l2", "l1", "scaled", "smooth", "scaled smooth"];

    [Fact]
    public void Claims_what_a_hand_would_count()
    {
        var evidence = Record(new Linf(0.1));

        // Of five, the last is wrong from the start; 0.95 and 1.05 fall to moves of a tenth in each step.
        Assert.Equal((new Proportion(4, 5), new Proportion(2, 5), new Proportion(2, 4)), (evidence.Claims.CleanAccuracy, evidence.Claims.RobustAccuracy, evidence.Claims.Success));
        Assert.Equal([null, 0, 0, null, null], evidence.Samples.Select(s => s.Attack));
        Assert.Equal("Fgsm", Assert.Single(evidence.Attacks).Parameters);
        Assert.Equal("Linf", evidence.Threat.Ball!.Kind);
        Assert.Equal(["adversarials.safetensors", "evidence.json"], Directory.EnumerateFiles(At).Select(Path.GetFileName).Order());
    }

    [Theory]
    [MemberData(nameof(Balls))]
    public void Holds_where_nothing_was_changed(string kind)
    {
        var factors = tensor(new[] { 1f, 0.5f }).reshape(1, 2, 1);
        Ball ball = kind switch
        {
            "l2" => new L2(0.2),
            "l1" => new L1(0.2),
            "scaled" => new Scaled(new Linf(0.2), factors),
            "smooth" => new Smooth(new Linf(0.2), 0.05),
            "scaled smooth" => new Scaled(new Smooth(new Linf(0.2), 0.05), factors),
            _ => new Linf(0.1),
        };
        Record(ball);

        var checks = Verify(data);

        Assert.All(checks, c => Assert.True(c.Holds, $"{c.Name}: {c.Detail}"));
        Assert.Contains(checks, c => c.Name == "data set");
    }

    [Fact]
    public void Says_which_of_several_attacks_won_and_joins_runs()
    {
        using var recorder = new EvidenceRecorder();
        foreach (var (name, attack) in new[] { ("up", new Shift(1)), ("down", new Shift(-1)) })
            recorder.Add(name, data, attack.Against(Sum, data, new Threat(new Linf(0.1)), cancellation: Cancellation));
        var evidence = Write(recorder);

        Assert.Equal(["up", "down"], evidence.Attacks.Select(a => a.Name));
        Assert.Equal([null, 0, 1, null, null], evidence.Samples.Select(s => s.Attack));
        Assert.Equal(new Proportion(2, 5), evidence.Claims.RobustAccuracy);
        Assert.All(Verify(null), c => Assert.NotEqual(false, c.Holds));
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes_but_for_the_times()
    {
        Record(new Linf(0.1));
        var (first, tensors) = (WithoutTimes(), File.ReadAllBytes(Path.Combine(At, "adversarials.safetensors")));
        Record(new Linf(0.1));

        Assert.Equal(first, WithoutTimes());
        Assert.Equal(tensors, File.ReadAllBytes(Path.Combine(At, "adversarials.safetensors")));

        string WithoutTimes()
        {
            var json = JsonNode.Parse(File.ReadAllText(Path.Combine(At, "evidence.json")))!;
            json.AsObject().Remove("created");
            json["reproduction"]!.AsObject().Remove("seconds");
            return json.ToJsonString();
        }
    }

    [Theory]
    [InlineData("\"adversarial\": 1", "\"adversarial\": 0", "adversarial predictions")]
    [InlineData("\"clean\": 0", "\"clean\": 1", "clean predictions")]
    [InlineData("\"label\": 0", "\"label\": 1", "labels")]
    [InlineData("\"radius\": 0.1", "\"radius\": 0.05", "size of moves")]
    [InlineData("\"successes\": 2", "\"successes\": 1", "robust accuracy")]
    [InlineData("\"sha256\": \"0123456789abcdef\"", "\"sha256\": \"fff\"", "weights")]
    [InlineData("\"tensorsSha256\": \"", "\"tensorsSha256\": \"0", "files belong together")]
    [InlineData("\"samplesSha256\": \"", "\"samplesSha256\": \"0", "data")]
    [InlineData("\"attack\": 0", "\"attack\": 7", "attacks")]
    [InlineData("\"text\": \"Linf 0.1\"", "\"text\": \"Linf 0.01\"", "threat")]
    [InlineData("\"distance\": 0.1", "\"distance\": 0.01", "recorded distances")]
    [InlineData("\"distance\": 0.1", "\"distance\": \"NaN\", \"x\": 0.1", "recorded distances")]
    [InlineData("\"maxDistance\": 0.1", "\"maxDistance\": 0.01", "largest move")]
    public void A_changed_claim_is_found(string from, string to, string check)
    {
        Record(new Linf(0.1));
        Change(from, to);

        Assert.Contains(Verify(null), c => c.Name == check && c.Holds == false);
    }

    [Theory]
    [InlineData("outside", "size of moves")]
    [InlineData("range", "range")]
    [InlineData("nan", "range")]
    [InlineData("labels", "labels")]
    [InlineData("shape", "shapes and types")]
    [InlineData("type", "shapes and types")]
    [InlineData("fewer", "shapes and types")]
    [InlineData("original", "data")]
    public void A_changed_tensor_is_found(string change, string check)
    {
        Record(new Linf(0.1));
        var path = Path.Combine(At, "adversarials.safetensors");
        var tensors = SafeTensors.Read(path).Tensors.ToDictionary(t => t.Key, t => t.Value);
        var moved = tensors["adversarials"];
        switch (change)
        {
            case "outside": moved[0, 0, 0] = 0.35f; break;
            case "range": moved[3, 0, 0] = 1.05f; break;
            case "nan": moved[0, 0, 0] = float.NaN; break;
            case "labels": tensors["labels"] = tensors["labels"].roll(1); break;
            case "shape": tensors["adversarials"] = moved.reshape(5, 1, 2); break;
            case "type": tensors["adversarials"] = moved.to_type(ScalarType.Float64); break;
            case "fewer": foreach (var (name, value) in tensors.ToList()) tensors[name] = value.narrow(0, 0, 4); break;
            case "original": tensors["inputs"][0, 0, 0] = 0.21f; break;
        }
        SafeTensors.Write(path, tensors);
        var checks = Verify(null);

        Assert.Contains(checks, c => c.Name == "files belong together" && c.Holds == false);
        Assert.Contains(checks, c => c.Name == check && c.Holds == false);
        if (change is "outside" or "nan") Assert.Equal([0], checks.Single(c => c.Name == check).Samples);
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", "expected format 1, got 2")]
    [InlineData("\"radius\": 0.1", "\"radius\": 1e999", "finite")]
    [InlineData("\"label\": 0", "\"label\": 1e30", "expected evidence as JSON")]
    [InlineData("\"label\": 0,", "", "expected evidence as JSON")]
    [InlineData("\"kind\": \"Linf\"", "\"kind\": \"round\"", "expected a ball")]
    [InlineData("\"kind\": \"Linf\"", "\"kind\": \"scaled\", \"factors\": \"../labels\"", "expected a ball")]
    [InlineData("\"samples\": [", "\"samples\": [null,", "at least one sample")]
    [InlineData("\"ball\": {", "\"ball\": null, \"other\": {", "expected a threat")]
    [InlineData("\"created\"", "\"crea", "expected evidence as JSON")]
    public void A_hostile_file_is_told_in_one_line(string from, string to, string words)
    {
        Record(new Linf(0.1));
        Change(from, to);

        Assert.Contains(words, Assert.Throws<InvalidDataException>(() => Verify(null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adversarials.safetensors", 40)]
    [InlineData("adversarials.safetensors", 0)]
    [InlineData("evidence.json", 300)]
    [InlineData("evidence.json", 0)]
    public void A_truncated_file_is_refused(string name, int length)
    {
        Record(new Linf(0.1));
        using (var file = File.OpenWrite(Path.Combine(At, name))) file.SetLength(length);

        Assert.Throws<InvalidDataException>(() => Verify(null));
    }

    [Fact]
    public void Texts_are_evidence_too()
    {
        var victim = new Words();
        var result = new Swap().Against(victim, ["good film", "bad film"], tensor(new[] { 1L, 0 }), new TextThreat(new WordEdits(0.5)), cancellation: Cancellation);
        using var recorder = new EvidenceRecorder();
        recorder.Add("swap", result);
        var evidence = Write(recorder);

        Assert.Equal(("good film", "bad film", 0), (evidence.Samples[0].Original, evidence.Samples[0].Moved, evidence.Samples[0].Attack));
        Assert.Equal(["evidence.json"], Directory.EnumerateFiles(At).Select(Path.GetFileName));
        using var read = EvidenceFolder.Read(At);
        (IReadOnlyList<string>, Tensor) same = (["good film", "bad film"], tensor(new[] { 1L, 0 }));
        Assert.All(EvidenceVerifier.Verify(read.Evidence, victim, Weights, same, Cancellation), c => Assert.True(c.Holds, $"{c.Name}: {c.Detail}"));

        Change("\"moved\": \"bad film\"", "\"moved\": \"very bad movie\"");
        using var changed = EvidenceFolder.Read(At);
        Assert.Contains(EvidenceVerifier.Verify(changed.Evidence, victim, Weights, null, Cancellation), c => c is { Name: "size of moves", Holds: false });
    }

    private Evidence Record(Ball ball)
    {
        using var recorder = new EvidenceRecorder();
        recorder.Add("fgsm", data, new Fgsm().Against(Sum, data, new Threat(ball), cancellation: Cancellation));
        return Write(recorder);
    }

    private Evidence Write(EvidenceRecorder recorder) => recorder.Write(
        At, new EvidenceModel("Sum", "sum.safetensors", Weights), new DatasetCard { Name = "sums", Input = Input, Rows = 5, ClassNames = ["low", "high"] },
        new Reproduction("adamant attack", 0, "0.1.0", "engine", "machine", Random()));

    /// <summary>Another time in each run.</summary>
    private static double Random() => Environment.TickCount64;

    private IReadOnlyList<EvidenceCheck> Verify(Batch? set)
    {
        using var read = EvidenceFolder.Read(At);
        return EvidenceVerifier.Verify(read, Sum, Weights, set, Cancellation);
    }

    private void Change(string from, string to)
    {
        var path = Path.Combine(At, "evidence.json");
        var text = File.ReadAllText(path);
        var at = from == "\"successes\": 2" ? text.IndexOf(from, StringComparison.Ordinal) : text.LastIndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        File.WriteAllText(path, text[..at] + to + text[(at + from.Length)..]);
    }

    private sealed record Shift(int Direction) : IEvasion<IClassifier>
    {
        public Tensor Perturb(IClassifier victim, Tensor inputs, Tensor labels, Threat threat, Run run, CancellationToken cancellation) =>
            inputs + Direction * threat.Ball.Radius;
    }

    private sealed record Swap : ITextEvasion<ITextClassifier>
    {
        public IReadOnlyList<string> Perturb(ITextClassifier victim, IReadOnlyList<string> texts, Tensor labels, TextThreat threat, Run run, CancellationToken cancellation) =>
            [.. texts.Select(t => t.Replace("good", "bad", StringComparison.Ordinal))];
    }

    private sealed class Words : ITextClassifier
    {
        public Tensor Predict(IReadOnlyList<string> texts) => tensor(texts.Select(t => t.Contains("good", StringComparison.Ordinal) ? 1L : 0).ToArray());

        public void Dispose()
        {
        }
    }
}
