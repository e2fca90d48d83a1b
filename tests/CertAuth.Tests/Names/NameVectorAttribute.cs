namespace CertAuth.Tests.Names;

/// <summary>One attribute of a row of names.json.</summary>
internal sealed record NameVectorAttribute(string Oid, byte Tag, byte[] ValueB64);
