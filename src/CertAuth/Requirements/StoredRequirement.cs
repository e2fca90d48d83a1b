namespace CertAuth.Requirements;

/// <summary>A requirement as TiDB and MariaDB store it (<c>mysql.global_priv</c>).</summary>
/// <remarks>The JSON object has the members <c>ssl_type</c> (-1 not specified, 0 none, 1 SSL, 2 X509, 3 specified), <c>ssl_cipher</c>,
/// <c>x509_issuer</c>, <c>x509_subject</c>, <c>san</c>, absent when empty; <c>{}</c> is NONE. Other members are passed over.</remarks>
public sealed record StoredRequirement
{
    /// <summary>A stored requirement.</summary>
    /// <param name="json">The JSON object; at most 1,048,576 characters are read.</param>
    /// <param name="tokenIssuer">The token issuer, which is kept beside the object; null or empty for none.</param>
    public StoredRequirement(string json, string? tokenIssuer = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        Json = json;
        TokenIssuer = string.IsNullOrEmpty(tokenIssuer) ? null : tokenIssuer;
    }

    /// <summary>The JSON object.</summary>
    public string Json { get; }

    /// <summary>The token issuer; null for none.</summary>
    public string? TokenIssuer { get; }

    /// <summary>One line for a log: bounded, control characters escaped.</summary>
    public override string ToString() => LogText.Escape(TokenIssuer is null ? Json : $"{Json}, token issuer {TokenIssuer}");
}
