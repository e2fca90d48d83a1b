namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>Certificates made by the commands of TiDB's documentation, without <c>sudo</c>.</summary>
/// <remarks>The pages are "Certificate-Based Authentication for Login" (<c>/tidb/stable/certificate-authentication</c>) and "Generate
/// Self-signed Certificates" (<c>/tidb/stable/generate-self-signed-certificates</c>); the names are those that the first page enters at the
/// prompts.</remarks>
internal sealed class DocumentedCertificates(OpenSslShell shell)
{
    private const string Organization = "PingCAP Inc.";

    // A request has two more prompts: a challenge password and a company name.
    private static readonly string[] s_extra = ["", ""];

    internal const string Issuer = "/C=US/ST=California/L=San Francisco/O=PingCAP Inc./OU=TiDB/CN=TiDB admin/emailAddress=s@pingcap.com";

    internal const string Subject = "/C=US/ST=California/L=San Francisco/O=PingCAP Inc./OU=TiDB/CN=tpch-user1/emailAddress=zz@pingcap.com";

    /// <summary>"Generate CA key and certificate": <c>ca-key.pem</c> and <c>ca-cert.pem</c>.</summary>
    internal async Task MakeCaAsync(string commonName = "TiDB admin")
    {
        await shell.RunAsync("openssl genrsa 2048 > ca-key.pem");
        await shell.RunAsync(
            "openssl req -new -x509 -nodes -days 365000 -key ca-key.pem -out ca-cert.pem", Name("TiDB", commonName, "s@pingcap.com"));
    }

    /// <summary>"Generate server key and certificate": <c>server-key.pem</c> and <c>server-cert.pem</c>.</summary>
    internal async Task MakeServerAsync()
    {
        await shell.RunAsync(
            "openssl req -newkey rsa:2048 -days 365000 -nodes -keyout server-key.pem -out server-req.pem",
            [.. Name("TiKV", "TiKV Test Server", "k@pingcap.com"), .. s_extra]);
        await shell.RunAsync("openssl rsa -in server-key.pem -out server-key.pem");
        await shell.RunAsync(
            "openssl x509 -req -in server-req.pem -days 365000 -CA ca-cert.pem -CAkey ca-key.pem -set_serial 01 -out server-cert.pem");
    }

    /// <summary>"Generate client key and certificate": <c>client-key.pem</c> and <c>client-cert.pem</c>.</summary>
    internal async Task MakeClientAsync(string commonName = "tpch-user1", int days = 365000)
    {
        await shell.RunAsync(
            "openssl req -newkey rsa:2048 -days 365000 -nodes -keyout client-key.pem -out client-req.pem",
            [.. Name("TiDB", commonName, "zz@pingcap.com"), .. s_extra]);
        await shell.RunAsync("openssl rsa -in client-key.pem -out client-key.pem");
        await shell.RunAsync(
            $"openssl x509 -req -in client-req.pem -days {days} -CA ca-cert.pem -CAkey ca-key.pem -set_serial 01 -out client-cert.pem");
    }

    /// <summary>"Issue certificates" with the CA of the first page and alternative names from <c>openssl.cnf</c>: <c>client.key</c> and
    /// <c>client.crt</c>.</summary>
    internal async Task MakeClientWithSansAsync(params string[] alternativeNames)
    {
        await shell.RunAsync("openssl genrsa -out client.key 2048");

        // The page copies /usr/lib/ssl/openssl.cnf, or the file at another location, and edits the copy.
        await shell.RunAsync("cp \"$(openssl version -d | cut -d '\"' -f 2)/openssl.cnf\" .");
        await shell.RunAsync("sed -i '/^\\[ *req *\\]/a req_extensions = v3_req' openssl.cnf");
        await shell.RunAsync("sed -i '/^\\[ *v3_req *\\]/a subjectAltName = @alt_names' openssl.cnf");
        await shell.RunAsync("cat >> openssl.cnf", ["[ alt_names ]", .. alternativeNames]);
        await shell.RunAsync(
            "openssl req -new -key client.key -out client.csr -config openssl.cnf",
            [.. Name("TiDB", "tpch-user1", "zz@pingcap.com"), .. s_extra]);
        await shell.RunAsync(
            "openssl x509 -req -days 365 -CA ca-cert.pem -CAkey ca-key.pem -CAcreateserial -in client.csr -out client.crt"
            + " -extensions v3_req -extfile openssl.cnf");
    }

    /// <summary>"Get user certificate information": returns the value for REQUIRE SUBJECT or REQUIRE ISSUER.</summary>
    internal Task<string> ShowSubjectAsync(string certificateFile) => shell.RunAsync(
        $@"openssl x509 -noout -subject -in {certificateFile} | sed 's/.\{{8\}}//'  | sed 's/, /\//g' | sed 's/ = /=/g' | sed 's/^/\//'");

    private static string[] Name(string unit, string commonName, string email) =>
        ["US", "California", "San Francisco", Organization, unit, commonName, email];
}
