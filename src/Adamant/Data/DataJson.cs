using System.Text.Json.Serialization;

namespace Adamant.Data;

/// <summary>Serializers made by the compiler, so that they survive trimming.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class DataJson : JsonSerializerContext;
