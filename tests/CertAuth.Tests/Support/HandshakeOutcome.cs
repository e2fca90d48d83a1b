using System.Net.Security;

namespace CertAuth.Tests.Support;

/// <summary>The result of a handshake for the server.</summary>
/// <param name="Failure">The exception; null if the handshake succeeded.</param>
/// <param name="Info">The facts of the connection; null if the handshake failed.</param>
/// <param name="Rejection">The rejection of the client's certificate; null for none.</param>
/// <param name="ClientCipherSuite">The cipher suite that the client reports.</param>
internal sealed record HandshakeOutcome(
    Exception? Failure, TlsConnectionInfo? Info, Rejection? Rejection, TlsCipherSuite ClientCipherSuite);
