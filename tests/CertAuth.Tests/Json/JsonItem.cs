using CertAuth.Json;

namespace CertAuth.Tests.Json;

/// <summary>One member of an object, or one element of an array, which has no name.</summary>
internal sealed record JsonItem(string? Name, JsonKind Kind, string Text);
