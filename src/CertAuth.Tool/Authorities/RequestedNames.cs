using System.Buffers;
using CertAuth.Certificates;
using CertAuth.Names;
using CertAuth.Testing;
using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Authorities;

/// <summary>The subject and the alternative names of a certificate to be issued, as the command line has them.</summary>
internal static class RequestedNames
{
    private const string CountryOid = "2.5.4.6";
    private const string SerialNumberOid = "2.5.4.5";
    private const int ContextSpecific = 0x80;

    // X.680, 41.4.
    private static readonly SearchValues<char> s_printable =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?");

    /// <summary>The name of a slash form, each value in the string type that OpenSSL writes it in; the empty text is the empty name.</summary>
    /// <exception cref="UserErrorException">It is no name, or one that no certificate should have.</exception>
    internal static TestName ParseSubject(string text)
    {
        if (!DistinguishedName.TryParse(text, out DistinguishedName? name, out NameError error))
            throw new UserErrorException($"--subject: {TerminalText.Escape(error.ToString())}");
        return TestName.FromRdns([.. name.Rdns.Select(rdn => new TestRdn([.. rdn.Attributes.Select(ToTestAttribute)]))]);
    }

    /// <summary>The names of all options, each with one name or several joined by commas.</summary>
    /// <exception cref="UserErrorException">One is no name.</exception>
    internal static TestSan[] ParseSans(IEnumerable<string> options) => [.. options.SelectMany(SplitAtCommas).Select(ToSan)];

    /// <summary>Whether there is a name that a client of a server looks for.</summary>
    internal static bool HasHostName(IEnumerable<string> options) => options.SelectMany(SplitAtCommas)
        .Any(text => SubjectAlternativeName.TryParse(text, out SubjectAlternativeName? name) && name.Kind is SanKind.Dns or SanKind.IpAddress);

    private static TestNameAttribute ToTestAttribute(NameAttribute attribute)
    {
        if (attribute.Value is not { Length: > 0 } value)
            throw new UserErrorException($"--subject: {attribute.Type} needs a value, and one that is text.");

        // X.520: a country is two letters, a serial number a PrintableString.
        if (attribute.Oid == CountryOid && !(value.Length == 2 && value.All(char.IsAsciiLetter)))
            throw new UserErrorException($"--subject: C is a country of two letters, such as US, not {TerminalText.Escape(value)}.");
        if (attribute.Oid == SerialNumberOid && value.AsSpan().ContainsAnyExcept(s_printable))
            throw new UserErrorException("--subject: serialNumber takes letters, digits, blanks and '()+,-./:=? alone.");
        try
        {
            return new(attribute.Oid, value);
        }
        catch (ArgumentException)
        {
            // The only string types that can't hold a text are those of ASCII.
            throw new UserErrorException($"--subject: {attribute.Type} takes ASCII alone.");
        }
    }

    // The tag of a GeneralName is its kind less one (RFC 5280, 4.2.1.6).
    private static TestSan ToSan(string text) => SubjectAlternativeName.TryParse(text, out SubjectAlternativeName? name)
        ? TestSan.Raw((byte)(ContextSpecific | ((int)name.Kind - 1)), name.Bytes.ToArray())
        : throw new UserErrorException(
            $"--san: {TerminalText.Escape(text)} is no name; write DNS:db.example, URI:spiffe://example/db or IP:10.0.0.1, several joined by commas.");

    // A backslash before a comma makes it a part of the name.
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
