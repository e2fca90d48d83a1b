using System.Collections.Immutable;
using System.Text;

namespace CertAuth.Requirements;

/// <summary>The types of options.</summary>
internal static class RequirementOptionTypes
{
    /// <summary>The rank of the check for a verified certificate: after CIPHER and before every other option.</summary>
    internal const int CertificateRank = 1;

    /// <summary>Gets all types, in the order in which options are evaluated and printed.</summary>
    internal static ImmutableArray<RequirementOptionType> All { get; } =
    [
        new(RequirementPart.Cipher, CipherOption.ParseOrNull, "ssl_cipher"),
        new(RequirementPart.Issuer, IssuerOption.ParseOrNull, "x509_issuer"),
        new(RequirementPart.IssuerKey, IssuerKeyOption.ParseOrNull),
        new(RequirementPart.Subject, SubjectOption.ParseOrNull, "x509_subject"),
        new(RequirementPart.SubjectContains, SubjectContainsOption.ParseOrNull),
        new(RequirementPart.San, SanOption.ParseOrNull, "san"),
        new(RequirementPart.CertificateDigest, CertificateOption.ParseOrNull),
        new(RequirementPart.PublicKey, PublicKeyOption.ParseOrNull),
    ];

    /// <summary>Returns the type of an option.</summary>
    internal static RequirementOptionType Get(RequirementPart part) => All[GetIndex(part)];

    /// <summary>Returns the type with a keyword in any ASCII case; null if there is none.</summary>
    internal static RequirementOptionType? Find(ReadOnlySpan<char> keyword)
    {
        foreach (RequirementOptionType type in All.AsSpan())
        {
            if (Ascii.EqualsIgnoreCase(keyword, RequirementPartNames.GetName(type.Part)))
                return type;
        }

        return null;
    }

    /// <summary>Returns the position of the check of an option in the order of evaluation.</summary>
    internal static int GetRank(RequirementPart part)
    {
        int index = GetIndex(part);
        return index < CertificateRank ? index : index + 1;
    }

    private static int GetIndex(RequirementPart part)
    {
        int index = 0;
        while (All[index].Part != part)
            index++;
        return index;
    }
}
