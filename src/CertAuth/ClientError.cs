namespace CertAuth;

/// <summary>The error that a client receives for a rejected login, as MySQL sends it.</summary>
/// <remarks>The error does not reveal the reason: it is the same for every reason except
/// <see cref="RejectionReason.SecureTransportRequired"/>. Immutable; safe for concurrent use.</remarks>
public sealed class ClientError
{
    private const int AccessDeniedCode = 1045, SecureTransportCode = 3159;
    private const string AccessDeniedState = "28000", GeneralState = "HY000";

    private ClientError(int code, string sqlState, string message) => (Code, SqlState, Message) = (code, sqlState, message);

    /// <summary>Gets the MySQL error number: 1045, or 3159 for <see cref="RejectionReason.SecureTransportRequired"/>.</summary>
    public int Code { get; }

    /// <summary>Gets the SQLSTATE: 28000, or HY000 for error 3159.</summary>
    public string SqlState { get; }

    /// <summary>Gets the message. The user name and the host in it are escaped and bounded in length.</summary>
    public string Message { get; }

    /// <summary>Creates the error for a rejected request.</summary>
    /// <param name="request">The rejected request.</param>
    /// <param name="rejection">The rejection. The error depends only on whether the reason is
    /// <see cref="RejectionReason.SecureTransportRequired"/>.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static ClientError For(AuthenticationRequest request, Rejection rejection)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(rejection);
        if (rejection.Reason == RejectionReason.SecureTransportRequired)
        {
            return new(
                SecureTransportCode,
                GeneralState,
                "Connections using insecure transport are prohibited while --require_secure_transport=ON.");
        }

        // A client sends an empty password as no bytes, or as a terminating NUL.
        string usingPassword = request.Credential.Span is [] or [0] ? "NO" : "YES";
        string user = LogText.Escape(request.Account.UserName), host = LogText.Escape(request.ClientHost);
        return new(AccessDeniedCode, AccessDeniedState, $"Access denied for user '{user}'@'{host}' (using password: {usingPassword})");
    }

    /// <summary>Returns one line, such as <c>ERROR 1045 (28000): Access denied …</c>.</summary>
    public override string ToString() => $"ERROR {Code} ({SqlState}): {Message}";
}
