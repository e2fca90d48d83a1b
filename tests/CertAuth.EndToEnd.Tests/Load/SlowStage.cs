namespace CertAuth.EndToEnd.Tests.Load;

/// <summary>The stage from which a slow client sends slowly.</summary>
public enum SlowStage
{
    /// <summary>It sends its login slowly, in clear text.</summary>
    Login = 1,

    /// <summary>It asks for TLS and sends nothing more.</summary>
    SilentAfterSslRequest = 2,

    /// <summary>It asks for TLS and sends its ClientHello slowly.</summary>
    Hello = 3,

    /// <summary>It completes the TLS handshake and sends its login slowly.</summary>
    LoginOverTls = 4,
}
