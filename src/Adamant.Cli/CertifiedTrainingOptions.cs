using System.CommandLine;
using Adamant.Attacks;
using Adamant.Attacks.Evasion;
using Adamant.Certification.Training;
using Adamant.Training;

namespace Adamant.Cli;

/// <summary>The methods of hardening that prepare a network for a certificate, and their options.</summary>
internal sealed class CertifiedTrainingOptions
{
    /// <summary>Their names.</summary>
    public static readonly string[] Methods = ["noise", "smooth-adv", "ibp", "crown-ibp"];

    private readonly Option<double> sigma = CommonOptions.Sigma();
    private readonly Option<int> draws = new Option<int>("--draws") { Description = "smooth-adv: noisy copies of each sample.", DefaultValueFactory = _ => 2 }.Within(1, 1024);
    private readonly Option<double> kappa = new Option<double>("--kappa") { Description = "ibp, crown-ibp: the weight of the plain loss at the end.", DefaultValueFactory = _ => 0.5 }.Within(0, 1);

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [sigma, draws, kappa];

    /// <summary>What such a method minimizes.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="ball">What an attacker may move.</param>
    /// <param name="steps">Steps of an attack.</param>
    public IObjective Read(ParseResult arguments, string method, Ball ball, int steps) => method switch
    {
        "noise" => new GaussianNoiseTraining(arguments.GetValue(sigma)),
        "smooth-adv" => new SmoothAdv(arguments.GetValue(sigma), ball) { Draws = arguments.GetValue(draws), Attack = new Pgd { Steps = steps } },
        "ibp" => new IbpTraining(ball) { Kappa = arguments.GetValue(kappa) },
        _ => new CrownIbpTraining(ball) { Kappa = arguments.GetValue(kappa) },
    };
}
