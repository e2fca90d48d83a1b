using CertAuth.Testing;

namespace QuickStart;

/// <summary>A client: what it is called here, and the certificate that it sends, if any.</summary>
internal sealed record Client(string Name, TestCertificate? Certificate);
