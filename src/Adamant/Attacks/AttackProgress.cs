using System.Diagnostics;
using System.Globalization;
using Adamant.Data;
using Adamant.Serialization;
using Adamant.Victims;

namespace Adamant.Attacks;

/// <summary>How far one run with a checkpoint has come: the batches that are done, and the stages that are done of the next one.</summary>
internal sealed class AttackProgress : IDisposable
{
    private const string Own = "attack-checkpoint", WarningPrefix = "warning ", AttackPrefix = "attack ";
    private readonly AttackCheckpoint file;
    private readonly string fingerprint;
    private readonly Meter meter;
    private readonly Stopwatch clock, sinceWrite = Stopwatch.StartNew();
    private readonly TimeSpan before;
    private readonly Tensor adversarials, queries, turns;
    private readonly List<string> attacks = [];
    private Tensor standing;
    private long batches, start;
    private int stage;
    private QueryLedger? ledger;
    private (long Calls, long Forwards, long Gradients) counts;
    private bool isNews;

    /// <summary>Reads the file, where there is one.</summary>
    /// <exception cref="InvalidDataException">It is no checkpoint, or that of another run.</exception>
    public AttackProgress(AttackCheckpoint file, string fingerprint, Batch data, Meter meter, Stopwatch clock)
    {
        (this.file, this.fingerprint, this.meter, this.clock) = (file, fingerprint, meter, clock);
        using var scope = NewDisposeScope();
        (adversarials, queries, turns, standing) = (data.Inputs.clone(), zeros(data.Count, ScalarType.Int64), zeros(data.Count, ScalarType.Int64), zeros(0, ScalarType.Int64));
        if (File.Exists(file.Path))
        {
            var (tensors, texts) = SafeTensors.Read(file.Path);
            if (texts.GetValueOrDefault(Own) is not { } found) throw new InvalidDataException($"{file.Path}: expected a checkpoint of an attack, got another file. Choose another name.");
            if (found != fingerprint)
                throw new InvalidDataException($"{file.Path}: the checkpoint belongs to another model, data, threat, attack, seed or batch size. Choose another name, or delete it.");
            (adversarials, queries, turns, standing) = (tensors["adversarials"], tensors["queries"], tensors["attacks"], tensors["standing"]);
            for (var i = 1; texts.TryGetValue($"{AttackPrefix}{i}", out var attack); i++) attacks.Add(attack);
            (batches, stage) = (Number("batches"), (int)Number("stage"));
            before = TimeSpan.FromMicroseconds(Number("microseconds"));
            counts = (Number("calls"), Number("forwards"), Number("gradients"));
            meter.Restore(counts.Calls, counts.Forwards, counts.Gradients);
            foreach (var (key, message) in texts.Where(t => t.Key.StartsWith(WarningPrefix, StringComparison.Ordinal)))
                Warnings[key[WarningPrefix.Length..]] = new AttackWarning(key[WarningPrefix.Length..], message);

            long Number(string name) => long.Parse(texts[name], CultureInfo.InvariantCulture);
        }
        foreach (var tensor in new[] { adversarials, queries, turns, standing }) tensor.DetachFromDisposeScope();
    }

    /// <summary>What was warned of, before the break and since.</summary>
    public Dictionary<string, AttackWarning> Warnings { get; } = [];

    /// <summary>The time spent, before the break and since.</summary>
    public TimeSpan Elapsed => before + clock.Elapsed;

    /// <summary>Whether that batch was done before the break; its result is then copied.</summary>
    public bool IsDone(long batch, long from, Tensor judged, QueryLedger spent)
    {
        if (batch >= batches) return false;
        using var scope = NewDisposeScope();
        judged.copy_(adversarials.narrow(0, from, judged.shape[0]));
        Restore(spent, from, judged.shape[0]);
        return true;
    }

    /// <summary>From here on stages belong to the batch that starts at that sample.</summary>
    public void Begin(long from, QueryLedger spent) => (start, ledger) = (from, spent);

    /// <summary>Goes back to where the batch was, if it was begun.</summary>
    /// <returns>The number of stages done, and who stood before the last of them; null when there are none.</returns>
    public (int Stages, Tensor Standing)? Restore(Tensor worst)
    {
        if (stage == 0) return null;
        worst.copy_(adversarials.narrow(0, start, worst.shape[0]));
        Restore(ledger!, start, worst.shape[0]);
        meter.Restore(counts.Calls, counts.Forwards, counts.Gradients);        // what was asked on the way here had been asked before
        return (stage, standing.clone());
    }

    /// <summary>A stage of the current batch is done.</summary>
    public void Save(int stages, Tensor worst, Tensor stood)
    {
        using (standing) standing = stood.clone().DetachFromDisposeScope();
        Note(batches, stages, worst);
    }

    /// <summary>The current batch is done.</summary>
    public void Done(Tensor judged) => Note(batches + 1, 0, judged);

    /// <summary>Writes what has not been written, and frees all.</summary>
    public void Dispose()
    {
        if (isNews) Write();
        foreach (var tensor in new[] { adversarials, queries, turns, standing }) tensor.Dispose();
    }

    /// <summary>Attacks are told by their place in a list, from 1; 0 is none.</summary>
    private void Restore(QueryLedger to, long from, long count) => to.Restore(
        queries.narrow(0, from, count).data<long>().ToArray(),
        [.. turns.narrow(0, from, count).data<long>().ToArray().Select(i => i == 0 ? null : attacks[(int)i - 1])]);

    private long Place(string? attack)
    {
        if (attack is null) return 0;
        if (!attacks.Contains(attack)) attacks.Add(attack);
        return attacks.IndexOf(attack) + 1;
    }

    private void Note(long done, int stages, Tensor moved)
    {
        using var scope = NewDisposeScope();
        (batches, stage, isNews) = (done, stages, true);
        counts = (meter.Calls, meter.Forwards, meter.Gradients);
        adversarials.narrow(0, start, moved.shape[0]).copy_(moved);
        queries.narrow(0, start, moved.shape[0]).copy_(tensor(ledger!.Spent()));
        turns.narrow(0, start, moved.shape[0]).copy_(tensor(Enumerable.Range(0, (int)moved.shape[0]).Select(i => Place(ledger.Last(i))).ToArray()));
        if (sinceWrite.Elapsed >= file.Every) Write();
    }

    private void Write()
    {
        var texts = Warnings.Values.ToDictionary(w => WarningPrefix + w.Code, w => w.Message);
        texts[Own] = fingerprint;
        for (var i = 0; i < attacks.Count; i++) texts[$"{AttackPrefix}{i + 1}"] = attacks[i];
        foreach (var (name, number) in new[]
        {
            ("batches", batches), ("stage", stage), ("microseconds", (long)Elapsed.TotalMicroseconds), ("calls", counts.Calls), ("forwards", counts.Forwards), ("gradients", counts.Gradients),
        }) texts[name] = number.ToString(CultureInfo.InvariantCulture);
        SafeTensors.Write(file.Path, new Dictionary<string, Tensor> { ["adversarials"] = adversarials, ["queries"] = queries, ["attacks"] = turns, ["standing"] = standing }, texts);
        isNews = false;
        sinceWrite.Restart();
    }
}
