namespace CertAuth.Requirements;

/// <summary>A requirement as TiDB and MariaDB store it (<c>mysql.global_priv</c>).</summary>
/// <remarks>The JSON object has the members <c>ssl_type</c> (-1 not specified, 0 NONE, 1 SSL, 2 X509, 3 options), <c>ssl_cipher</c>,
/// <c>x509_issuer</c>, <c>x509_subject</c> and <c>san</c>. The object <c>{}</c> is NONE, and an empty text is an absent member. A
/// requirement that TiDB cannot store is the member <c>certauth</c>, a clause, beside
/// <c>"ssl_type":3,"x509_subject":"certauth"</c>. A member that is repeated or written in another case makes the requirement malformed.
/// Members with other names are ignored. Two stored requirements are equal if their JSON texts and their token issuers are equal
/// ordinally. Immutable; safe for concurrent use.</remarks>
public sealed record StoredRequirement
{
    /// <summary>Initializes a stored requirement. The JSON is not validated; see <see cref="LoginRequirement.FromStored"/>.</summary>
    /// <param name="json">The JSON object. More than 1,048,576 characters make the requirement malformed.</param>
    /// <param name="tokenIssuer">The token issuer, which servers store outside the object; null or empty for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    public StoredRequirement(string json, string? tokenIssuer = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        Json = json;
        TokenIssuer = string.IsNullOrEmpty(tokenIssuer) ? null : tokenIssuer;
    }

    /// <summary>Gets the text of the JSON object.</summary>
    public string Json { get; }

    /// <summary>Gets the token issuer; null for none.</summary>
    public string? TokenIssuer { get; }

    /// <summary>Returns one line for a log, escaped and bounded in length.</summary>
    public override string ToString() => LogText.Escape(TokenIssuer is null ? Json : $"{Json}, token issuer {TokenIssuer}");
}
