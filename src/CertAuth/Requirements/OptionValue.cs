namespace CertAuth.Requirements;

/// <summary>Parses the values of options, in a clause or a stored requirement.</summary>
internal static class OptionValue
{
    /// <summary>Parses the value of an option. The index of an error is relative to the value.</summary>
    internal static RequirementError TryParse(RequirementOptionType type, string value, out RequirementOption? option)
    {
        // An empty value must not silently remove a requirement.
        RequirementError error = new(RequirementErrorKind.EmptyValue, 0, type.Part);
        option = value.Length == 0 ? null : type.Parse(value, out error);
        return error;
    }

    /// <summary>Returns null for an empty token issuer: TiDB documents that it means none.</summary>
    internal static string? EmptyToNull(string? tokenIssuer) => string.IsNullOrEmpty(tokenIssuer) ? null : tokenIssuer;

    /// <summary>Checks that a token issuer is Unicode text, without unpaired surrogates.</summary>
    internal static RequirementError CheckTokenIssuer(string value)
    {
        int index = StrictUtf8.IndexOfUnpairedSurrogate(value);
        return index < 0 ? default : new(RequirementErrorKind.BadTokenIssuer, index, RequirementPart.TokenIssuer);
    }
}
