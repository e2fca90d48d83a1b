using System.Text;
using CertAuth.Certificates;
using CertAuth.Requirements;

namespace CertAuth.Tests.Requirements;

/// <summary>Requirements that were copied from OpenSSL's output for the names of a certificate. Such a text matches only certificates with
/// those names, or is rejected.</summary>
public sealed class OpenSslSanTests
{
    private static readonly VectorFile<SanVector> s_file = new("sans.json", vector => vector.Id);

    public static TheoryData<string> Ids => s_file.Ids;

    /// <summary>Gets the rows in which every name can be required and the text has only one meaning.</summary>
    public static TheoryData<string> PlainIds => s_file.IdsWhere(vector => vector.IsPlain);

    [Theory, MemberData(nameof(PlainIds))]
    public void TryParse_ReadsWhatOpenSslPrintsForPlainNames(string id)
    {
        SanVector vector = s_file[id];

        Assert.True(SanRequirement.TryParse(vector.SecondLine, out SanRequirement? requirement, out SanError error), error.ToString());
        requirement.IsMetBy(Clients.Verified(Clients.Read(vector.DerB64))).Should().BeTrue();
    }

    [Theory, MemberData(nameof(Ids))]
    public void IsMetBy_AcceptsOnlyNamesOfTheCertificate_FromOpenSslText(string id)
    {
        SanVector vector = s_file[id];
        int decided = 0;
        foreach (string text in new[] { vector.SecondLine, vector.Text })
        {
            if (!SanRequirement.TryParse(text, out SanRequirement? requirement, out SanError error))
            {
                error.Index.Should().BeInRange(0, text.Length);
                decided++;
                continue;
            }

            foreach (SanVector other in s_file.All)
            {
                if (!ParsedCertificate.TryParse(other.DerB64, out ParsedCertificate? certificate, out _))
                {
                    other.Wellformed.Should().BeFalse(other.Id);
                    continue;
                }

                bool expected = certificate.SanState == SanState.Present
                    && ReferenceSan.IsMet(ReferenceSan.ItemsOf(requirement), other.Entries);
                (other.Wellformed || !expected).Should().BeTrue(other.Id);
                (expected == requirement.IsMetBy(Clients.Verified(certificate))).Should().BeTrue(other.Id);
                decided++;
            }
        }

        decided.Should().NotBe(0);
    }

    /// <summary>A row of sans.json.</summary>
    internal sealed record SanVector(
        string Id, byte[] DerB64, bool Wellformed, IReadOnlyList<SanVectorName>? GeneralNames, byte[]? OpensslExtTextB64)
    {
        /// <summary>The text that OpenSSL prints after its heading, on one or more lines.</summary>
        internal string Text => string.Join('\n', Printed.Split('\n').Skip(1)).TrimEnd('\n');

        internal string SecondLine => Text.Split('\n')[0];

        internal bool IsPlain => Wellformed && Names.Count > 0 && Names.All(name => name.IsPlain);

        internal IReadOnlyList<(SanKind Kind, byte[] Bytes)> Entries =>
            [.. Names.Where(name => !name.Constructed).Select(name => ((SanKind)(name.Tag + 1), name.RawB64))];

        private string Printed => Encoding.Latin1.GetString(OpensslExtTextB64 ?? []);

        private IReadOnlyList<SanVectorName> Names => GeneralNames ?? [];
    }

    internal sealed record SanVectorName(string Type, int Tag, bool Constructed, byte[] RawB64)
    {
        internal bool IsPlain => Type switch
        {
            "dNSName" or "uniformResourceIdentifier" => RawB64.All(b => b is >= 0x21 and <= 0x7E and not ((byte)',' or (byte)'\\')),
            "iPAddress" => RawB64.Length is 4 or 16,
            _ => false,
        };
    }
}
