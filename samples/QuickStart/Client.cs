using CertAuth.Testing;

namespace QuickStart;

/// <summary>A client of the sample: its name in the output, and the certificate that it presents, if any.</summary>
internal sealed record Client(string Name, TestCertificate? Certificate);
