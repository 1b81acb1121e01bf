// One neuron: it learns AND, and then to doubt card payments. It stops by itself, because a line separates what it sees.
using Adamant.Models;

double[][] corners = [[0, 0], [0, 1], [1, 0], [1, 1]];
int[] and = [0, 0, 0, 1];

var neuron = new Perceptron(inputs: 2);
var bound = neuron.MistakeBound(corners, and, separator: [1, 1], bias: -1.5);      // Novikoff: it cannot err more often than this
var (mistakes, separated) = neuron.Learn(corners, and);
Console.WriteLine($"AND learned: {separated}, after {mistakes} mistakes; the theorem allows {bound:0}");
foreach (var corner in corners) Console.WriteLine($"  {corner[0]} and {corner[1]} is {neuron.Forward(corner)}");

// The fraud detector: amount, location risk, time risk, each from 0 to 1.
double[][] payments = [[0.8, 0.2, 0.1], [0.1, 0.1, 0.2], [0.9, 0.7, 0.9], [0.3, 0.2, 0.4], [0.7, 0.9, 0.8], [0.2, 0.8, 0.1]];
int[] fraud = [0, 0, 1, 0, 1, 0];
var detector = new Perceptron(inputs: 3);
detector.Learn(payments, fraud);
double[] suspicious = [0.85, 0.8, 0.7];
Console.WriteLine($"payment (0.85, 0.80, 0.70): {Say(suspicious)}");

// Whoever knows the weights knows where to push: against each weight, by no more than it takes to cross the line.
var score = detector.Weights.Zip(suspicious, (w, x) => w * x).Sum() + detector.Bias;
var push = score / detector.Weights.Sum(Math.Abs) * 1.01;
double[] disguised = [.. suspicious.Zip(detector.Weights, (x, w) => x - (push * Math.Sign(w)))];
Console.WriteLine($"each number moved by {push:0.00}: {Say(disguised)}");

string Say(double[] payment) => detector.Forward(payment) == 1 ? "fraud" : "fine";
