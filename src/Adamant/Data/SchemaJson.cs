using System.Text.Json;
using System.Text.Json.Serialization;

namespace Adamant.Data;

/// <summary>How constraint files are read: by the letter, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true, RespectNullableAnnotations = true, MaxDepth = 8)]
[JsonSerializable(typeof(TableSchema))]
internal sealed partial class SchemaJson : JsonSerializerContext;
