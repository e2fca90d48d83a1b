namespace CertAuth.AspNetCore.Tests;

/// <summary>A request as its handler received it.</summary>
/// <param name="Info">The facts from CertAuth.</param>
/// <param name="Protocol">The version of HTTP.</param>
/// <param name="HasKestrelCertificate">Whether Kestrel's own property has a client certificate, verified or not.</param>
internal sealed record ServedRequest(TlsConnectionInfo Info, string Protocol, bool HasKestrelCertificate);
