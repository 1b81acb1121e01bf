using Adamant.Explaining;
using Adamant.Reports.Figures;

namespace Adamant.Reports.Explaining;

/// <summary>What a recurrent network carries from step to step, the gates that decide it, and how much gradient reaches each step.</summary>
internal static class MemoryFigures
{
    private const int First = 2;                                // colors 0 and 1 stand for above and below zero on this page

    public static Html Render(Explanation explanation)
    {
        if (explanation.Sequence is not { } sequence) return Html.None;
        return Html.Of(
            $"""
            {(sequence.Memory is { } memory ? Memory(memory) : Html.None)}
            {Html.Each(sequence.Gates, Gates)}
            {Gradient(sequence.Gradients)}
            """);
    }

    private static Html Memory(MemoryFlow memory) => Html.Of(
        $"""
        <p>Each column is a step, each row a unit of the state that is handed on. Where the picture stops changing, the network only keeps what it has; a unit that keeps its color
        from the first step on remembers it.</p>
        {Map("The state at every step", memory.States, 1)}
        <div class="charts">
        {Chart("memory-similarity", "How much the state points where the last one does (cosine)", [("similarity", memory.Similarity)])}
        {Chart("memory-influence", "How fast the answer changes with what each step reads", [("influence", memory.Influence)])}
        </div>
        """);

    private static Html Gates(LstmGates gates, int index) => Html.Of(
        $"""
        <h3>Gates of layer {gates.Layer}</h3>
        <div class="charts">
        {Chart($"gates-{index}", "Gates, mean over the units", [("input", Mean(gates.Input)), ("forget", Mean(gates.Forget)), ("output", Mean(gates.Output))])}
        {Chart($"cell-{index}", "Candidate and cell, mean over the units", [("candidate", Mean(gates.Candidate)), ("cell", Mean(gates.Cell))])}
        </div>
        {Map("The cell at every step: what is remembered", gates.Cell, gates.Cell.Max(row => row.Max(MathF.Abs)))}
        {Map("The forget gate at every step: white keeps nothing, orange keeps all", gates.Forget, 1)}
        """);

    private static Html Gradient(GradientFlow flow) => Html.Of(
        $"""
        <h3>How much of the gradient reaches each step</h3>
        <p>Of the gradient at the last step, {flow.Arrives:0.0e+0} arrives at the first. What does not arrive cannot be learned.</p>
        <div class="charts">
        {Chart("gradient-flow", "Norm of the loss’s gradient at each step, power of ten", [("gradient", [.. flow.Norms.Select(Math.Log10)])])}
        </div>
        """);

    private static Html Map(string title, IReadOnlyList<IReadOnlyList<float>> rows, double largest)
    {
        float[] turned = [.. Enumerable.Range(0, rows[0].Count).SelectMany(unit => rows.Select(row => row[unit]))];
        return Html.Of(
            $"""
            <figure><figcaption>{title}</figcaption>
            {Mosaic.Signed([turned], rows[0].Count, rows.Count, 1, largest, $"{title}: {rows[0].Count} units over {rows.Count} steps.")}
            {SignedColor.Scale(largest, "per unit and step")}</figure>
            """);
    }

    private static Html Chart(string id, string title, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> lines)
    {
        var series = lines.Select((l, i) => new Series(l.Name, First + i, [.. l.Values.Select((v, t) => (t + 1.0, v))], [])).ToList();
        var finding = $"{title}. " + string.Join(" ", lines.Select(l => $"{l.Name}: {Words.Number(l.Values[0])} at the first step, {Words.Number(l.Values[^1])} at the last."));
        return Html.Of(
            $"""
            <figure>{LineChart.Draw(id, finding, "step", isShare: false, xTicks: null, series)}
            <figcaption>{title}{(lines.Count > 1 ? Legend.Of(series.Select(s => (s.Name, s.Style))) : Html.None)}</figcaption></figure>
            """);
    }

    private static IReadOnlyList<double> Mean(IReadOnlyList<IReadOnlyList<float>> rows) => LstmGates.MeanPerStep(rows);
}
