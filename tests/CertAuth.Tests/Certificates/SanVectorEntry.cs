namespace CertAuth.Tests.Certificates;

/// <summary>One name of a row of sans.json.</summary>
internal sealed record SanVectorEntry(string Type, int Tag, bool Constructed, byte[] RawB64);
