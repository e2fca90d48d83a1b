namespace CertAuth;

/// <summary>What the client is told of a refusal: always the same, but where the server demands TLS of everybody, so that it learns nothing of the reason.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
public sealed class ClientError
{
    private const int AccessDeniedCode = 1045, SecureTransportCode = 3159;
    private const string AccessDeniedState = "28000", GeneralState = "HY000";

    private ClientError(int code, string sqlState, string message) => (Code, SqlState, Message) = (code, sqlState, message);

    /// <summary>MySQL's error number: 1045, or 3159 where the server demands TLS of everybody.</summary>
    public int Code { get; }

    /// <summary>The SQLSTATE: 28000, or HY000 for 3159.</summary>
    public string SqlState { get; }

    /// <summary>The message. User name and host are bounded, and control characters in them escaped.</summary>
    public string Message { get; }

    /// <summary>The error for a request that was refused.</summary>
    public static ClientError For(AuthenticationRequest request, Rejection rejection)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(rejection);
        if (rejection.Reason == RejectionReason.SecureTransportRequired)
        {
            return new(
                SecureTransportCode, GeneralState, "Connections using insecure transport are prohibited while --require_secure_transport=ON.");
        }

        // A password that is empty comes as nothing, or as the NUL that ends it.
        string usingPassword = request.Credential.Span is [] or [0] ? "NO" : "YES";
        string user = LogText.Escape(request.Account.UserName), host = LogText.Escape(request.ClientHost);
        return new(AccessDeniedCode, AccessDeniedState, $"Access denied for user '{user}'@'{host}' (using password: {usingPassword})");
    }

    /// <summary>One line, such as <c>ERROR 1045 (28000): Access denied …</c>.</summary>
    public override string ToString() => $"ERROR {Code} ({SqlState}): {Message}";
}
