using CertAuth.Requirements;

namespace CertAuth.Tests.Requirements;

/// <summary>What each format stores, and why it does not store the rest.</summary>
public sealed class StoredFormatTests
{
    private const string NoOr = "The clause cannot be stored in this format: the server does not know OR.";
    private const string Pin = "CERTIFICATE '0000000000000000000000000000000000000000000000000000000000000000'";

    // The records, or the option and a part of the reason.
    public static TheoryData<string, string, string> Cases => new()
    {
        { "NONE", "{}", "{}" },
        { "SSL", """{"ssl_type":1}""", """{"ssl_type":1}""" },
        { "X509", """{"ssl_type":2}""", """{"ssl_type":2}""" },
        {
            "SUBJECT '/C=US/CN=a' ISSUER '/CN=i'", """{"ssl_type":3,"x509_issuer":"/CN=i","x509_subject":"/C=US/CN=a"}""",
            """{"ssl_type":3,"x509_issuer":"/CN=i","x509_subject":"/C=US/CN=a"}"""
        },
        { "CIPHER 'AES128-SHA'", """{"ssl_type":3,"ssl_cipher":"AES128-SHA"}""", "CIPHER MariaDB does not require a certificate" },
        { "CIPHER 'AES128-SHA:AES256-SHA'", "CIPHER only one", "CIPHER only one" },
        {
            "CIPHER 'DHE-RSA-AES128-GCM-SHA256' ISSUER '/CN=i'", "CIPHER TiDB does not know",
            """{"ssl_type":3,"ssl_cipher":"DHE-RSA-AES128-GCM-SHA256","x509_issuer":"/CN=i"}"""
        },
        { "SAN 'DNS:d,URI:x://y/z'", """{"ssl_type":3,"san":"DNS:d,URI:x://y/z"}""", "SAN MariaDB does not enforce" },
        { "SAN 'URI:x://y\\\\,z'", "SAN no escapes", "SAN MariaDB does not enforce" },

        // TiDB's form: ten types, no escapes, no RDNs with several attributes.
        {
            "SUBJECT '/serialNumber=1'", """{"ssl_type":3,"x509_subject":"/SERIALNUMBER=1"}""",
            """{"ssl_type":3,"x509_subject":"/serialNumber=1"}"""
        },
        { "SUBJECT '/UID=u/CN=a'", "SUBJECT the same form", """{"ssl_type":3,"x509_subject":"/UID=u/CN=a"}""" },
        { "SUBJECT '/CN=a+OU=b'", "SUBJECT the same form", """{"ssl_type":3,"x509_subject":"/CN=a+OU=b"}""" },
        { "SUBJECT '/O=a\\\\/b'", "SUBJECT a slash", """{"ssl_type":3,"x509_subject":"/O=a\\/b"}""" },
        { "SUBJECT '/O=a=b'", "SUBJECT an equals sign", """{"ssl_type":3,"x509_subject":"/O=a=b"}""" },
        { "SUBJECT '/CN=é'", """{"ssl_type":3,"x509_subject":"/CN=é"}""", "SUBJECT printable ASCII" },
        { "SUBJECT '/CN=a\\\\\\\\b'", "SUBJECT the same form", "SUBJECT the same form" },
        { "SUBJECT '/CN=\\\\#a'", "SUBJECT the same form", "SUBJECT the same form" },

        // OpenSSL prints at most 79 characters of an OID, so a longer one has the same form.
        {
            "SUBJECT '/2.25.12345678901234567890123456789012345678901234567890123456789012345678901234=a'",
            "SUBJECT the same form", "SUBJECT the same form"
        },

        // The extensions.
        { "SUBJECT '/CN=a' OR SUBJECT '/CN=b'", NoOr, NoOr },
        { "SUBJECT_CONTAINS '/CN=a'", "SUBJECT_CONTAINS does not know", "SUBJECT_CONTAINS does not know" },
        { Pin, "CERTIFICATE does not know", "CERTIFICATE does not know" },
        { Pin.Replace("CERTIFICATE", "ISSUER_KEY", StringComparison.Ordinal), "ISSUER_KEY does not know", "ISSUER_KEY does not know" },
        { Pin.Replace("CERTIFICATE", "PUBLIC_KEY", StringComparison.Ordinal), "PUBLIC_KEY does not know", "PUBLIC_KEY does not know" },
        { "SSL TOKEN_ISSUER 'i'", """{"ssl_type":1}""", "TOKEN_ISSUER does not know" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void TryToStored_StoresWhatTheServerEnforces(string clause, string tidb, string mariaDb)
    {
        LoginRequirement requirement = LoginRequirement.Parse(clause);

        Check(requirement, StoredRequirementFormat.Tidb, tidb);
        Check(requirement, StoredRequirementFormat.MariaDb, mariaDb);
        LoginRequirement.FromStored(requirement.ToStored(StoredRequirementFormat.CertAuth)).Should().Be(requirement);
        requirement.IsTidbCompatible.Should().Be(tidb[0] == '{');
    }

    // st-3: the token issuer is beside the JSON.
    [Fact]
    public void FromStored_ReadsTheTokenIssuerBesideTheJson()
    {
        LoginRequirement.FromStored(new("""{"ssl_type":1}""", "i")).ToString().Should().Be("REQUIRE SSL TOKEN_ISSUER 'i'");
        LoginRequirement alternatives = LoginRequirement.Parse("SUBJECT '/CN=a' TOKEN_ISSUER 'i' OR SUBJECT '/CN=b' TOKEN_ISSUER 'i'");

        StoredRequirement stored = alternatives.ToStored(StoredRequirementFormat.CertAuth);

        stored.Should().Be(new StoredRequirement(
            """{"ssl_type":3,"x509_subject":"certauth","certauth":"REQUIRE SUBJECT '/CN=a' OR SUBJECT '/CN=b'"}""", "i"));
        LoginRequirement.FromStored(stored).Should().Be(alternatives);
    }

    [Fact]
    public void TryToStored_RejectsAMalformedRequirementInEachFormat()
    {
        LoginRequirement malformed = LoginRequirement.FromStored(new("abc"));

        foreach (StoredRequirementFormat format in Enum.GetValues<StoredRequirementFormat>())
        {
            malformed.TryToStored(format, out StoredRequirement? stored, out RequirementError error).Should().BeFalse();
            (stored, error.Kind).Should().Be((null, RequirementErrorKind.NotStorable));
            error.ToString().Should().Contain("keep the record");
        }

        malformed.IsTidbCompatible.Should().BeFalse();
        ((Action)(() => LoginRequirement.Ssl.ToStored((StoredRequirementFormat)9))).Should().ThrowExactly<ArgumentOutOfRangeException>();
    }

    // The bug: the clause of a record that the library reads was too long, so this method threw an exception.
    [Fact]
    public void TryToStored_ReportsAnError_WhenTheClauseOfAStoredRequirementIsTooLong()
    {
        LoginRequirement read = LoginRequirement.FromStored(
            new($$"""{"ssl_type":3,"x509_subject":"/CN={{new string('\'', 600_000)}}"}""", "i"));

        read.Kind.Should().Be(RequirementKind.Specified);
        read.TryToStored(StoredRequirementFormat.CertAuth, out StoredRequirement? stored, out RequirementError error).Should().BeFalse();
        (stored, error.Kind).Should().Be((null, RequirementErrorKind.TooLong));
        LoginRequirement.FromStored(read.ToStored(StoredRequirementFormat.Tidb)).Should().Be(read);
    }

    private static void Check(LoginRequirement requirement, StoredRequirementFormat format, string expected)
    {
        bool isStored = requirement.TryToStored(format, out StoredRequirement? stored, out RequirementError error);

        isStored.Should().Be(expected[0] == '{');
        if (isStored)
        {
            stored!.Json.Should().Be(expected);
            LoginRequirement.FromStored(stored).Should().Be(requirement);
            return;
        }

        error.Kind.Should().Be(RequirementErrorKind.NotStorable);
        error.ToString().Should().StartWith(expected.Split(' ')[0]).And.Contain(expected[(expected.IndexOf(' ') + 1)..]);
    }
}
