using System.Globalization;

namespace Adamant.Data;

/// <summary>The numbers of classes by their names.</summary>
/// <param name="names">The classes in the order of their numbers.</param>
internal sealed class ClassOrder(IReadOnlyList<string> names)
{
    private readonly Dictionary<string, int> numbers =
        names.Index().DistinctBy(n => n.Item).ToDictionary(n => n.Item, n => n.Index, StringComparer.Ordinal);

    /// <summary>The number of a class that is told by its name or by a number from 0; null for none of them.</summary>
    public int? Find(string name) => numbers.TryGetValue(name, out var number) ? number
        : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < names.Count ? number
        : null;

    /// <summary>The number of a class; <paramref name="place"/> stands in the message.</summary>
    /// <exception cref="InvalidDataException">None of the classes.</exception>
    public int Of(string name, string place) => Find(name) ?? throw new InvalidDataException($"{place}: {Refusal(name)}.");

    /// <summary>Why a name is refused.</summary>
    public string Refusal(string name) =>
        $"label '{name}' is none of the classes {string.Join(", ", names.Take(10))}{(names.Count > 10 ? ", …" : "")}, nor a number in 0..{names.Count - 1}";

    /// <summary>A set whose file names its classes, under the names and in the order that somebody asks for; the given set must not be used any more.</summary>
    /// <exception cref="InvalidDataException">A class of the file is none of them.</exception>
    public static TensorDataset Apply(TensorDataset data, IReadOnlyList<string>? wanted, string place)
    {
        if (wanted is null || data.Card.Task == LearningTask.Regression || data.Card.ClassNames.SequenceEqual(wanted)) return data;
        using var scope = NewDisposeScope();
        var order = new ClassOrder(wanted);
        var numbers = tensor(data.Card.ClassNames.Select(name => (long)order.Of(name, place)).ToArray());
        return data.Relabeled(data.Card with { ClassNames = [.. wanted] }, old => numbers.index_select(0, old));
    }
}
