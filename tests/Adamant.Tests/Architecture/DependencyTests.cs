using System.Reflection;
using System.Reflection.Emit;
using Adamant.Victims;

namespace Adamant.Tests.Architecture;

/// <summary>Dependencies point one way (docs/decisions/0001): read from the compiled code, so a reference needs no <c>using</c> to be found.</summary>
public sealed class DependencyTests
{
    /// <summary>Lower layers first; a layer uses itself and what is below it. Namespaces in one layer may use each other.</summary>
    private static readonly string[][] Layers =
    [
        ["Engine", "Texts", "Victims"],
        ["Data", "Models", "Serialization"],
        ["Training"],
        ["Attacks"],
        ["Defenses", "Certification", "Explaining"],
        ["Auditing"],
    ];

    private static readonly string[] Apart = ["Defenses", "Certification", "Explaining"];       // one layer, but no business with each other

    private static readonly Assembly Library = typeof(IClassifier).Assembly;

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => o.Value);

    [Fact]
    public void Every_namespace_uses_only_what_is_below_it()
    {
        var wrong =
            from type in Library.GetTypes()
            where type.Namespace?.StartsWith("Adamant.", StringComparison.Ordinal) == true
            from used in Uses(type)
            where used.Assembly == Library && used.Namespace is not null && !MayUse(Part(type), Part(used))
            select $"{type.FullName} uses {used.FullName}";

        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void Every_namespace_has_a_layer()
    {
        var parts = Library.GetTypes().Where(t => t.Namespace?.StartsWith("Adamant.", StringComparison.Ordinal) == true).Select(Part).Distinct();

        Assert.Empty(parts.Except(Layers.SelectMany(l => l)));
    }

    [Fact]
    public void The_reading_of_code_finds_what_a_method_calls()
    {
        Assert.Contains(typeof(Adamant.Attacks.Evasion.Harness), Uses(typeof(DependencyTests)));
        Assert.False(MayUse("Attacks", "Defenses"));
        Assert.True(MayUse("Defenses", "Attacks"));

        static void Call() => Adamant.Attacks.Evasion.Harness.Against<IClassifier>(null!, null!, null!, null!);
        Assert.NotNull((Action)Call);
    }

    [Fact]
    public void The_core_references_no_backend_no_host_and_no_screen()
    {
        string[] allowed = ["TorchSharp", "CsvHelper", "StbImageSharp", "Microsoft.ML.Tokenizers"];

        var others = Library.GetReferencedAssemblies().Select(a => a.Name!).Where(name => !name.StartsWith("System.", StringComparison.Ordinal));

        Assert.Empty(others.Except(allowed));
        Assert.DoesNotContain(Library.GetReferencedAssemblies(), a => a.Name == "System.CommandLine");
    }

    private static string Part(Type type) => type.Namespace!.Split('.')[1];

    private static bool MayUse(string user, string used)
    {
        int Layer(string part) => Array.FindIndex(Layers, layer => layer.Contains(part));
        return user == used || Layer(used) < Layer(user) || (Layer(used) == Layer(user) && !Apart.Contains(user));
    }

    private static HashSet<Type> Uses(Type type)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var used = new HashSet<Type>();
        Add(type.BaseType);
        foreach (var i in type.GetInterfaces()) Add(i);
        foreach (var field in type.GetFields(all)) Add(field.FieldType);
        foreach (var method in type.GetMethods(all).Cast<MethodBase>().Concat(type.GetConstructors(all)))
        {
            Add((method as MethodInfo)?.ReturnType);
            foreach (var parameter in method.GetParameters()) Add(parameter.ParameterType);
            if (method.GetMethodBody() is not { } body) continue;
            foreach (var local in body.LocalVariables) Add(local.LocalType);
            foreach (var member in Members(method, body.GetILAsByteArray()!))
            {
                Add(member as Type ?? member.DeclaringType);
                if (member is MethodInfo { IsGenericMethod: true } generic) Array.ForEach(generic.GetGenericArguments(), Add);
            }
        }
        return used;

        void Add(Type? t)
        {
            if (t is null || t.IsGenericParameter || !used.Add(t)) return;
            if (t.HasElementType) Add(t.GetElementType());
            Array.ForEach(t.GetGenericArguments(), Add);
        }
    }

    /// <summary>The types, methods and fields that a method's instructions name.</summary>
    private static IEnumerable<MemberInfo> Members(MethodBase method, byte[] code)
    {
        var typeArguments = method.DeclaringType is { IsGenericType: true } declaring ? declaring.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var i = 0; i < code.Length;)
        {
            var operation = OpCodes[code[i] == 0xFE ? unchecked((short)(0xFE00 | code[i + 1])) : code[i]];
            i += operation.Size;
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, i), typeArguments, methodArguments)!;
            i += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, i),
                _ => 4,
            };
        }
    }
}
