using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Certificates;

namespace CertAuth.ColdStart.Probes;

/// <summary>A complete login with CertAuth.</summary>
internal abstract class LoginProbe : Probe
{
    private LoginAuthenticator? _logins;
    private Account? _account;

    protected sealed override void Prepare()
    {
        _account = CreateAccount();
        _logins = new(CreateOptions());
    }

    protected sealed override bool Decide()
    {
        ValueTask<AuthenticationResult> login = _logins!.AuthenticateAsync(CreateRequest(_account!));
        return login.IsCompletedSuccessfully && login.Result.Succeeded;
    }

    protected abstract Account CreateAccount();

    protected abstract LoginAuthenticatorOptions CreateOptions();

    protected abstract AuthenticationRequest CreateRequest(Account account);

    protected static TlsConnectionInfo Connect(VerifiedCertificate? certificate = null) => new()
    {
        Protocol = SslProtocols.Tls13,
        CipherSuite = TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        ClientCertificate = certificate,
        ClientCertificateRequested = certificate is not null,
    };
}
