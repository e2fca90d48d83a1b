using System.Collections.Immutable;
using System.Net.Security;
using CertAuth.Names;
using CertAuth.Tls;

namespace CertAuth.Requirements;

/// <summary>The options of a clause.</summary>
internal struct RequirementOptions
{
    /// <summary>Initializes the options from values that the caller has checked.</summary>
    internal RequirementOptions(
        ImmutableArray<TlsCipherSuite> ciphers,
        DistinguishedName? issuer,
        DistinguishedName? subject,
        SanRequirement? san,
        string? tokenIssuer) =>
        (Ciphers, Issuer, Subject, San, TokenIssuer) = (ciphers, issuer, subject, san, tokenIssuer);

    internal ImmutableArray<TlsCipherSuite> Ciphers { readonly get => field.IsDefault ? [] : field; private set; }

    internal DistinguishedName? Issuer { get; private set; }

    internal DistinguishedName? Subject { get; private set; }

    internal SanRequirement? San { get; private set; }

    internal string? TokenIssuer { get; private set; }

    /// <summary>Gets <see cref="RequirementKind.Specified"/> if an option is set that applies to the connection; otherwise,
    /// <see cref="RequirementKind.None"/>. A token issuer does not apply to the connection.</summary>
    internal readonly RequirementKind Kind =>
        Ciphers.IsEmpty && Issuer is null && Subject is null && San is null ? RequirementKind.None : RequirementKind.Specified;

    /// <summary>Parses the value of an option and stores it. The index of an error is relative to the value.</summary>
    internal RequirementError Set(RequirementPart part, string value)
    {
        // TiDB documents that an empty token issuer means no issuer. Another empty value must not silently remove a requirement.
        if (value.Length == 0)
            return part == RequirementPart.TokenIssuer ? default : new(RequirementErrorKind.EmptyValue, 0, part);

        switch (part)
        {
            case RequirementPart.Subject:
                Subject = ReadName(part, value, out RequirementError error);
                return error;
            case RequirementPart.Issuer:
                Issuer = ReadName(part, value, out error);
                return error;
            case RequirementPart.San:
                bool isSan = SanRequirement.TryParse(value, out SanRequirement? san, out SanError sanError);
                San = san;
                return isSan ? default : new(RequirementErrorKind.BadSan, sanError.Index, part) { San = sanError.Kind };
            case RequirementPart.Cipher:
                if (CipherSuites.TryParseList(value, out ImmutableArray<TlsCipherSuite> suites, out CipherListError cipherError))
                {
                    Ciphers = suites;
                    return default;
                }

                return new(RequirementErrorKind.BadCipher, cipherError.Index, part)
                {
                    Cipher = cipherError.Kind,
                    Suggestion = cipherError.Suggestion,
                };
            case RequirementPart.TokenIssuer:
                TokenIssuer = value;
                return CheckTokenIssuer(value);
            default:
                throw new ArgumentOutOfRangeException(nameof(part), part, "The part is not an option.");
        }
    }

    /// <summary>Checks that a token issuer is Unicode text, without unpaired surrogates.</summary>
    internal static RequirementError CheckTokenIssuer(string value)
    {
        int index = StrictUtf8.IndexOfUnpairedSurrogate(value);
        return index < 0 ? default : new(RequirementErrorKind.BadTokenIssuer, index, RequirementPart.TokenIssuer);
    }

    private static DistinguishedName? ReadName(RequirementPart part, string value, out RequirementError error)
    {
        error = DistinguishedName.TryParse(value, out DistinguishedName? name, out NameError nameError)
            ? default
            : new(RequirementErrorKind.BadName, nameError.Index, part) { Name = nameError.Kind };
        return name;
    }
}
