namespace CertAuth.Tests.Support;

/// <summary>Runs the installed <c>openssl x509 -subject</c> for many certificates in one shell.</summary>
internal static class OpenSslSubjects
{
    // The command of TiDB's documentation. The output has one ASCII line for each certificate, so sed runs once for all.
    private const string Seds = """sed 's/.\{8\}//' | sed 's/, /\//g' | sed 's/ = /=/g' | sed 's/^/\//'""";

    private const string Compat = "sed 's/^subject=//'";

    /// <summary>Returns the text after the four sed commands for each certificate, in order. Skips the running test without OpenSSL
    /// 3.0.</summary>
    internal static string[] PrintThroughSeds(IReadOnlyList<byte[]> certificates) => Print(certificates, "", Seds);

    /// <summary>Returns the text of <c>-nameopt compat</c> for each certificate, in order. Skips the running test without OpenSSL
    /// 3.0.</summary>
    internal static string[] PrintCompat(IReadOnlyList<byte[]> certificates) => Print(certificates, "-nameopt compat", Compat);

    private static string[] Print(IReadOnlyList<byte[]> certificates, string options, string filter)
    {
        using OpenSsl openSsl = new();
        openSsl.RequireVersion("3.0.");
        for (int i = 0; i < certificates.Count; i++)
            openSsl.File($"{i:D4}.der", certificates[i]);

        string loop = $"for f in *.der; do openssl x509 -inform DER -in $f -noout -subject {options} 2> errors; done";
        string[] lines = openSsl.RunShell($"{loop} | {filter}").Split('\n')[..^1];
        lines.Length.Should().Be(certificates.Count);
        return lines;
    }
}
