namespace CertAuth.Tests.Trust.Differential;

/// <summary>The certificates of a chain.</summary>
/// <param name="Root">The root.</param>
/// <param name="Sent">The intermediates that the peer sends, from the issuer of the leaf upward.</param>
/// <param name="Leaf">The leaf.</param>
internal sealed record BuiltChain(TestCertificate Root, IReadOnlyList<TestCertificate> Sent, TestCertificate Leaf);
