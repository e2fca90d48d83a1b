using System.Collections.Frozen;
using CertAuth.Certificates;
using CertAuth.Trust;

namespace CertAuth.Tests.Trust;

/// <summary>The work and the memory that a CRL file can cause in a reload are bounded, because anyone with write access can forge the
/// file.</summary>
public sealed class RevocationListSuccessionTests
{
    private static readonly DateTimeOffset s_now = TestClock.Now;
    private static readonly TestName s_name = TestName.Of(("CN", "ca"));
    private static readonly TestCertificateAuthority s_ca = Create();

    [Fact]
    public void Merge_BoundsSignatureChecksAndKeepsLists_WhenManyListsAreForged()
    {
        // Five CAs with the same name; the last of them signed the list.
        PathCertificate[] cas = [.. Enumerable.Range(0, 4).Select(_ => Create()).Append(s_ca).Select(ca => new PathCertificate(Read(ca)))];
        RevocationList genuine = Read(s_ca.IssueRevocationList([], Options(9)));
        TestRevocationListOptions forged = Options(1000) with { SigningKey = TestKey.Create() };
        RevocationList[] flood = [.. Enumerable.Range(0, TrustBounds.MaxRevocationLists).Select(_ =>
            Read(s_ca.IssueRevocationList([], forged)))];

        RevocationListSigners signers = new(cas, flood);
        flood.Should().OnlyContain(list => signers.Find(list) == null);
        signers.IsExhausted.Should().BeTrue("{0} lists and {1} CAs are more than the bound", flood.Length, cas.Length);
        signers.Find(genuine).Should().BeNull("no check is left");

        RevocationListSuccession.Merge(flood, [genuine], cas, s_now).Where(list => list.IsKept).Select(list => list.Der)
            .Should().Equal([genuine.Der]);
    }

    [Fact]
    public void Merge_KeepsUnverifiedListsWithinABound_SmallOnesFirst()
    {
        RevocationList genuine = Read(s_ca.IssueRevocationList([], Options(9)));
        RevocationList[] junk = [.. Enumerable.Range(0, 3).Select(i =>
            MakeJunk(TrustBounds.MaxUnverifiedRevocationListBytes / 2, 1000 + i))];
        RevocationList next = Read(s_ca.IssueRevocationList([], Options(3)));

        IReadOnlyList<RevocationList> merged = RevocationListSuccession.Merge([next], [.. junk, genuine], [], s_now);
        List<RevocationList> kept = [.. merged.Where(list => list.IsKept)];
        kept.Should().Contain(list => list.Der == genuine.Der);
        kept.Sum(list => (long)list.Der.Length).Should().BeInRange(1, TrustBounds.MaxUnverifiedRevocationListBytes);

        // Lists that are kept already stay; new junk uses the remaining bytes.
        RevocationListSuccession.Merge([next], [MakeJunk(100, 2000), .. kept], [], s_now).Select(list => list.Der)
            .Should().Contain(kept.Select(list => list.Der));
    }

    // Regression: lists with the same name, number and date, which anyone can create, were compared entry by entry, each list with every
    // other. With a thousand of them of 64 KiB each, every reload and every status took minutes.
    [Fact]
    public void Merge_DoesNotCompareEntries_OfUnverifiedListsOfTheSameAge()
    {
        CountingComparer comparer = new();
        RevocationList[] junk = [.. Enumerable.Range(0, 40).Select(i =>
            MakeJunk(200, 1000, comparer, [.. Enumerable.Range(0, 50), 1000 + i]))];
        comparer.Count = 0;

        IReadOnlyList<RevocationList> merged = RevocationListSuccession.Merge(junk[..20], junk[20..], [], s_now);

        comparer.Count.Should().Be(0);
        merged.Select(list => list.Der).Should().BeEquivalentTo(junk.Select(list => list.Der), "none is known to be older");
    }

    // The size of lists with a known signer is not limited, because only the CA can create them.
    [Fact]
    public void Merge_KeepsVerifiedLists_WhenUnverifiedListsUseUpTheLimit()
    {
        RevocationList genuine = Read(s_ca.IssueRevocationList([], Options(9)));
        RevocationList[] junk = [.. Enumerable.Range(0, 2).Select(i =>
            MakeJunk(TrustBounds.MaxUnverifiedRevocationListBytes / 2, 1000 + i))];

        RevocationListSuccession.Merge([Read(s_ca.IssueRevocationList([], Options(3)))], [.. junk, genuine], [new(Read(s_ca))], s_now)
            .Should().Contain(list => list.IsKept && list.Der == genuine.Der);
    }

    [Fact]
    public void Merge_KeepsTheObjectsOfUnchangedLists_WithTheirVerifiedSignatures()
    {
        TestRevocationList list = s_ca.IssueRevocationList([], Options(9));
        RevocationList inUse = Read(list);
        inUse.IsIssuedBy(new(Read(s_ca))).Should().BeTrue();

        RevocationList merged = RevocationListSuccession.Merge([Read(list)], [inUse], [], s_now).Should().ContainSingle().Subject;

        merged.Should().BeSameAs(inUse);
        merged.Signer.Should().NotBeNull();
    }

    private static TestCertificateAuthority Create() =>
        TestCertificateAuthority.Create(s_name, new() { TimeProvider = new FixedClock(s_now) });

    private static TestRevocationListOptions Options(int number) =>
        new() { Number = number, ThisUpdate = s_now.AddDays(-1), NextUpdate = s_now.AddDays(7) };

    private static ParsedCertificate Read(TestCertificateAuthority ca)
    {
        ParsedCertificate.TryParse(ca.Der.Span, out ParsedCertificate? certificate, out _).Should().BeTrue();
        return certificate!;
    }

    private static RevocationList Read(TestRevocationList list)
    {
        RevocationListReader.TryRead(list.Der.ToArray(), out RevocationList? read, out _).Should().BeTrue();
        return read!;
    }

    // Creates a list with another issuer name and a given length. Only its header can be read.
    private static RevocationList MakeJunk(int length, int number, CountingComparer? comparer = null, params int[] serials)
    {
        byte[] der = new byte[length];
        byte[] name = TestName.Of(("CN", $"junk {number}")).Encode();
        name.CopyTo(der, 0);
        der[^1] = serials is [.., int last] ? (byte)last : (byte)0;
        RevocationListFields fields = new()
        {
            Issuer = new(0, name.Length),
            ThisUpdate = s_now.AddDays(-1),
            NextUpdate = s_now.AddDays(1),
        };
        return new(der, fields, serials.ToFrozenDictionary(BitConverter.GetBytes, _ => s_now, comparer ?? new()));
    }

    /// <summary>Counts the comparisons of entries.</summary>
    private sealed class CountingComparer : IEqualityComparer<byte[]>
    {
        internal int Count { get; set; }

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj)
        {
            Count++;
            return BitConverter.ToInt32(obj);
        }
    }
}
