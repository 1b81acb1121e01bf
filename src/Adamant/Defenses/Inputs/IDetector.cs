using Adamant.Data;
using Adamant.Victims;

namespace Adamant.Defenses.Inputs;

/// <summary>Tells inputs that look crafted from usual ones.</summary>
/// <remarks>It proves nothing until an attacker who knows it has tried: report it only together with an adaptive attack, as <see cref="DefenseReport"/> does.</remarks>
public interface IDetector
{
    /// <summary>Learns from clean samples what is usual.</summary>
    /// <param name="victim">The model that is to be protected; not owned, and must outlive what is returned.</param>
    /// <param name="clean">Samples that nobody moved, with their classes; not those of the report.</param>
    /// <exception cref="ArgumentException">Too few samples, or a victim that shows too little.</exception>
    FittedDetector Fit(IDifferentiable victim, Batch clean);
}
