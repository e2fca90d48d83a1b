using System.Text.Json.Nodes;
using CertAuth.Requirements;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Requirements;

public sealed class RequirementPropertyTests
{
    private const string ClauseAlphabet = "'\"\\/ANDSUBJECTISSUERSANCIPHER_0x,:=+ \t\n\0\u001A%é\uD83D\uDE00;-";
    private const string JsonAlphabet = "{}[]\":,\\u0123- \n\0sxltrufe./*é\uD83D";

    [Fact]
    public void ToString_RoundTrips() => Prop.ForAll(
        Generators.Requirement.ToArbitrary(),
        RoundTrips).Check(Generators.Times(4000));

    // The bug: SSL or X509 with a token issuer could be stored, and printed to a clause that the parser rejected.
    [Fact]
    public void ToString_RoundTrips_ForAStoredRequirement() => Prop.ForAll(
        Generators.Requirement.Select(Generators.Store)
            .Zip(Gen.Elements(-2, -1, 0, 1, 2, 3), (stored, type) => WithType(stored, type)).ToArbitrary(),
        stored =>
        {
            LoginRequirement requirement = LoginRequirement.FromStored(stored);
            return requirement.Kind == RequirementKind.Malformed || RoundTrips(requirement);
        }).Check(Generators.Times(4000));

    // Every format that accepts a requirement stores all of it. The format of this library accepts each requirement.
    [Fact]
    public void ToStored_RoundTrips() => Prop.ForAll(Generators.Requirement.ToArbitrary(), requirement =>
        Enum.GetValues<StoredRequirementFormat>().All(format =>
        {
            if (!requirement.TryToStored(format, out StoredRequirement? stored, out RequirementError error))
                return format != StoredRequirementFormat.CertAuth && error.Kind == RequirementErrorKind.NotStorable;
            LoginRequirement again = LoginRequirement.FromStored(stored);
            return again.Equals(requirement) && again.ToStored(format) == stored && again.ToString() == requirement.ToString();
        })).Check(Generators.Times(4000));

    // What the servers know: five options of one alternative.
    [Fact]
    public void IsTidbCompatible_IsFalse_ForEachExtension() => Prop.ForAll(Generators.Requirement.ToArbitrary(), requirement =>
    {
        bool isExtended = requirement.Alternatives.Length > 1 || requirement.Alternatives.Any(alternative => alternative.Options.Any(
            option => option is DigestOption or SubjectContainsOption || option is CipherOption { Suites.Length: > 1 }));
        return !isExtended || !requirement.IsTidbCompatible;
    }).Check(Generators.Times(2000));

    [Fact]
    public void TryParse_ReportsAnError_ForEachMalformedMutatedClause() => Prop.ForAll(
        Generators.Mutated(Generators.Requirement.Select(requirement => requirement.ToString()), ClauseAlphabet).ToArbitrary(),
        IsParsedOrExplained).Check(Generators.Times(2500));

    [Fact]
    public void TryParse_ReportsAnError_ForEachMalformedRandomClause() => Prop.ForAll(
        Generators.Mutated(Generators.HostileText.Zip(Generators.HostileText, (a, b) => $"{a}SUBJECT '{b}"), ClauseAlphabet).ToArbitrary(),
        IsParsedOrExplained).Check(Generators.Times(2000));

    [Fact]
    public void TryParse_ReportsAnError_ForEachIncompleteClause() => Prop.ForAll(Generators.Requirement.ToArbitrary(), requirement =>
    {
        string text = requirement.ToString();
        return Enumerable.Range(0, text.Length).All(length => IsParsedOrExplained(text[..length], marked: false));
    }).Check(Generators.Times(50));

    [Fact]
    public void TryParse_ReportsAnError_ForEachMalformedMutatedSan() => Prop.ForAll(
        Generators.Mutated(Generators.SanItem.NonEmptyListOf().Select(items => Generators.Write(items)),
            "\\,: \tDNSURIP.0:%\0é*/").ToArbitrary(),
        text =>
        {
            bool parsed = SanRequirement.TryParse(text, out SanRequirement? requirement, out SanError error);
            return parsed
                ? requirement!.Equals(SanRequirement.Parse(requirement.ToString())) && error == default
                : error.Kind != SanErrorKind.None && IsExplained(error.Index, error.ToString(), text, marked: true);
        }).Check(Generators.Times(2500));

    [Fact]
    public void FromStored_RejectsMalformedRecords() => Prop.ForAll(
        Generators.Mutated(Generators.Requirement.Select(requirement => Generators.Store(requirement).Json), JsonAlphabet).ToArbitrary(),
        json =>
        {
            LoginRequirement requirement = LoginRequirement.FromStored(new(json));
            if (requirement.Kind != RequirementKind.Malformed)
                return requirement.StorageError == default && RoundTrips(requirement) && RoundTripsStored(requirement);

            RequirementError error = requirement.StorageError;
            return error.Kind != RequirementErrorKind.None && IsExplained(error.Index, error.ToString(), json, marked: true)
                && requirement.Evaluate(null) == RejectionReason.RequirementMalformed
                && requirement.Evaluate(Clients.Tls()) == RejectionReason.RequirementMalformed;
        }).Check(Generators.Times(2500));

    [Fact]
    public void ToStored_WritesCanonicalValues()
    {
        LoginRequirement requirement = LoginRequirement.Parse("SUBJECT '/O=it''s x' SAN 'URI:x://a\\\\,b'");

        requirement.ToStored(StoredRequirementFormat.CertAuth).Json.Should().Be(
            """{"ssl_type":3,"x509_subject":"certauth","certauth":"REQUIRE SUBJECT '/O=it''s x' SAN 'URI:x://a\\\\,b'"}""");
        requirement.Alternatives[0].Find<SanOption>()!.Requirement
            .IsMetBy(Clients.Verified(Clients.Certificate(sans: [TestSan.Uri("x://a,b")]))).Should().BeTrue();
    }

    private static bool RoundTrips(LoginRequirement requirement)
    {
        string text = requirement.ToString();
        return LoginRequirement.TryParse(text, out LoginRequirement? again, out RequirementError error) && error == default
            && again.Equals(requirement) && again.GetHashCode() == requirement.GetHashCode() && again.ToString() == text;
    }

    private static bool RoundTripsStored(LoginRequirement requirement) =>
        LoginRequirement.FromStored(Generators.Store(requirement)).Equals(requirement);

    // -2 does not change the record.
    private static StoredRequirement WithType(StoredRequirement stored, int type)
    {
        if (type == -2)
            return stored;

        JsonObject record = JsonNode.Parse(stored.Json)!.AsObject();
        record["ssl_type"] = type;
        return new(record.ToJsonString(), stored.TokenIssuer);
    }

    private static bool IsParsedOrExplained(string clause) => IsParsedOrExplained(clause, marked: true);

    private static bool IsParsedOrExplained(string clause, bool marked)
    {
        bool parsed = LoginRequirement.TryParse(clause, out LoginRequirement? requirement, out RequirementError error);
        return parsed
            ? error == default && requirement!.Equals(LoginRequirement.Parse(requirement.ToString()))
            : requirement is null && error.Kind != RequirementErrorKind.None && IsExplained(error.Index, error.ToString(), clause, marked);
    }

    private static bool IsExplained(int index, string message, string input, bool marked) =>
        index >= 0 && index <= input.Length && message.EndsWith('.')
        && !(marked && message.Contains(Generators.Marker, StringComparison.OrdinalIgnoreCase));
}
