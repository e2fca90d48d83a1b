using CertAuth.Tls;

namespace CertAuth.Requirements;

/// <summary>One check of a requirement against a connection, and its outcome.</summary>
/// <remarks>The texts are intended for logs and tools. Like those of <see cref="Rejection"/>, they are escaped and bounded in length.
/// Immutable; safe for concurrent use.</remarks>
public sealed class RequirementCheck
{
    private readonly AlternativePosition _position;

    private readonly bool _isRequiredPrintable;

    /// <summary>Initializes a check.</summary>
    /// <param name="part">The part that was checked.</param>
    /// <param name="reason">The reason why it is not met; none if it is met.</param>
    /// <param name="details">The texts, not escaped.</param>
    /// <param name="position">The position of its alternative.</param>
    /// <param name="isRequiredPrintable">Whether the required text is printable and short, so that it is neither escaped nor
    /// truncated.</param>
    internal RequirementCheck(
        RequirementPart part,
        RejectionReason reason,
        RejectionDetails details,
        AlternativePosition position,
        bool isRequiredPrintable = false)
    {
        _isRequiredPrintable = isRequiredPrintable;
        Part = part;
        Reason = reason;
        _position = position;
        Details = details with { Context = position.Describe() };
    }

    /// <summary>Gets the part of the requirement that was checked.</summary>
    public RequirementPart Part { get; }

    /// <summary>Gets the number of the alternative that the check belongs to, counted from 1; 0 if it belongs to the requirement as a
    /// whole.</summary>
    public int Alternative => _position.Number;

    /// <summary>Gets a value that indicates whether the check is met.</summary>
    public bool IsMet => Reason == RejectionReason.None;

    /// <summary>Gets the reason why the check is not met; <see cref="RejectionReason.None"/> if it is met.</summary>
    public RejectionReason Reason { get; }

    /// <summary>Gets the fact that the requirement specifies, such as a subject.</summary>
    public string Required => _isRequiredPrintable ? Details.Required! : Details.Escape().Required!;

    /// <summary>Gets the fact that the connection presented; null if it presented nothing.</summary>
    public string? Presented => Details.Escape().Presented;

    /// <summary>Gets the first difference between the required and the presented name, or a hint at another option that the required value
    /// fits; null if there is neither.</summary>
    public string? Difference => Details.Escape().Difference;

    /// <summary>Gets the texts, not escaped.</summary>
    internal RejectionDetails Details { get; }

    /// <summary>Returns one line for a log: a sentence that says whether the check is met, then the facts.</summary>
    public override string ToString()
    {
        string facts = (Details.Escape() with { Context = null, Required = Required }).ToString();
        string of = _position.Describe() is { } position ? $" of {position}" : "";
        string period = facts.EndsWith('.') ? "" : ".";
        return $"The {RequirementPartNames.GetName(Part)} requirement{of} is {(IsMet ? "met" : "not met")}. {facts}{period}";
    }

    internal static RequirementCheck ForRecord() => new(
        RequirementPart.Record,
        RejectionReason.RequirementMalformed,
        new("a stored requirement that can be read", "a malformed one"),
        default);

    internal static RequirementCheck ForTransport(TlsConnectionInfo? connection) => new(
        RequirementPart.Transport,
        connection is null ? RejectionReason.InsecureTransport : RejectionReason.None,
        new("TLS", connection is null ? "a connection without TLS" : TlsVersions.GetName(connection.Protocol)),
        default);

    internal static RequirementCheck ForCertificate(TlsConnectionInfo? connection, AlternativePosition position) => new(
        RequirementPart.Certificate,
        connection?.ClientCertificate is null ? RejectionReason.CertificateMissing : RejectionReason.None,
        new(
            "a verified client certificate",
            connection?.ClientCertificate?.ToString()
                ?? (connection?.ClientCertificateRejection is { } rejection ? $"a rejected certificate: {rejection}" : null)),
        position);
}
