using System.Collections.Immutable;
using System.Text;

namespace CertAuth.Requirements;

/// <summary>The types of options.</summary>
internal static class RequirementOptionTypes
{
    /// <summary>The rank of the check for a verified certificate: after <see cref="CipherOption"/> and before every other option.</summary>
    internal const int CertificateRank = 1;

    /// <summary>Gets all types, in the order in which options are evaluated and printed.</summary>
    internal static ImmutableArray<RequirementOptionType> All { get; } =
    [
        CipherOption.OptionType,
        IssuerOption.OptionType,
        IssuerKeyOption.OptionType,
        SubjectOption.OptionType,
        SubjectContainsOption.OptionType,
        SanOption.OptionType,
        CertificateOption.OptionType,
        PublicKeyOption.OptionType,
    ];

    /// <summary>Gets the keywords for an error message, such as <c>A, B or C</c>.</summary>
    internal static string Keywords { get; } =
        $"{string.Join(", ", All.Select(type => type.Keyword))} or {RequirementPartNames.GetName(RequirementPart.TokenIssuer)}";

    /// <summary>Returns the type with a keyword in any ASCII case; null if there is none.</summary>
    internal static RequirementOptionType? Find(ReadOnlySpan<char> keyword)
    {
        foreach (RequirementOptionType type in All.AsSpan())
        {
            if (Ascii.EqualsIgnoreCase(keyword, type.Keyword))
                return type;
        }

        return null;
    }

    /// <summary>Returns the position of the check of an option in the order of evaluation.</summary>
    internal static int GetRank(RequirementOptionType type)
    {
        int index = All.IndexOf(type);
        return index < CertificateRank ? index : index + 1;
    }
}
