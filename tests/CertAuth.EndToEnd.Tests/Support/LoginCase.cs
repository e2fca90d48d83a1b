namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>A login of the table.</summary>
/// <param name="Account">The user name.</param>
/// <param name="Certificate">The certificate, a column of the table.</param>
/// <param name="Tls"><c>TLSv1.2</c>, <c>TLSv1.3</c> or <c>off</c>.</param>
/// <param name="Outcome"><c>accepted</c>, or the reason of the rejection.</param>
internal sealed record LoginCase(string Account, string Certificate, string Tls, string Outcome)
{
    internal string Id => $"{Account} with {Certificate}, {Tls}";

    internal bool IsAccepted => Outcome == "accepted";
}
