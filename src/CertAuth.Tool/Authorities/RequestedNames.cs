using System.Buffers;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Testing;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Authorities;

/// <summary>Reads the subject and the alternative names of a certificate to be issued.</summary>
internal static class RequestedNames
{
    private const string CountryOid = "2.5.4.6";
    private const string SerialNumberOid = "2.5.4.5";
    private const int ContextSpecific = 0x80;

    // X.680, 41.4.
    private static readonly SearchValues<char> s_printable =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?");

    /// <summary>Parses a name in slash format. Each value gets the string type that OpenSSL gives it. Empty text is the empty
    /// name.</summary>
    /// <exception cref="UserErrorException">The name is malformed or not suitable for a certificate.</exception>
    internal static TestName ParseSubject(string text)
    {
        if (!DistinguishedName.TryParse(text, out DistinguishedName? name, out NameError error))
            throw new UserErrorException($"--subject: {TerminalText.Escape(error.ToString())}");
        return TestName.FromRdns([.. name.Rdns.Select(rdn => new TestRdn([.. rdn.Attributes.Select(ToTestAttribute)]))]);
    }

    /// <summary>Parses the names of all <c>--san</c> options. Each option has one or more names, separated by commas.</summary>
    /// <exception cref="UserErrorException">A name is malformed.</exception>
    internal static TestSan[] ParseSans(IEnumerable<string> options) => [.. options.SelectMany(SplitAtCommas).Select(ToSan)];

    /// <summary>Returns whether there is a DNS name or an IP address, which a client compares with the address of the server.</summary>
    internal static bool HasHostName(IEnumerable<string> options) => options.SelectMany(SplitAtCommas)
        .Any(text => SubjectAlternativeName.TryParse(text, out SubjectAlternativeName? name)
            && name.Kind is SanKind.Dns or SanKind.IpAddress);

    private static TestNameAttribute ToTestAttribute(NameAttribute attribute)
    {
        if (attribute.Value is not { Length: > 0 } value)
            throw new UserErrorException($"--subject: {attribute.Type} requires a text value.");

        // X.520: countryName has two letters, serialNumber is a PrintableString.
        if (attribute.Oid == CountryOid && !(value.Length == 2 && value.All(char.IsAsciiLetter)))
            throw new UserErrorException($"--subject: C requires a two-letter country code such as US, not {TerminalText.Escape(value)}.");
        if (attribute.Oid == SerialNumberOid && value.AsSpan().ContainsAnyExcept(s_printable))
            throw new UserErrorException("--subject: serialNumber allows only letters, digits, spaces and '()+,-./:=?");
        try
        {
            return new(attribute.Oid, value);
        }
        catch (ArgumentException)
        {
            // Only the ASCII string types cannot represent every text.
            throw new UserErrorException($"--subject: {attribute.Type} allows only ASCII.");
        }
    }

    // The tag number of a GeneralName (RFC 5280, 4.2.1.6) is the value of SanKind minus one.
    private static TestSan ToSan(string text) => SubjectAlternativeName.TryParse(text, out SubjectAlternativeName? name)
        ? TestSan.Raw((byte)(ContextSpecific | ((int)name.Kind - 1)), name.Bytes.ToArray())
        : throw new UserErrorException(
            $"--san: {TerminalText.Escape(text)} is not a valid name; "
            + "use DNS:db.example, URI:spiffe://example/db or IP:10.0.0.1, separated by commas.");

    // A comma after a backslash is part of the name.
    private static IEnumerable<string> SplitAtCommas(string text)
    {
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == ',')
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }
}
