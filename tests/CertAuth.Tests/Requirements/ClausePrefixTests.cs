using CertAuth.Requirements;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Requirements;

/// <summary>A clause at the start of a longer text, as in an account statement.</summary>
public sealed class ClausePrefixTests
{
    private const string Named = "REQUIRE SUBJECT '/CN=a' AND SAN 'DNS:b'";

    [Theory]
    [InlineData("REQUIRE SSL", " ATTRIBUTE '{}'")]
    [InlineData("require x509", ";")]
    [InlineData("REQUIRE NONE", "\n")]
    [InlineData("REQUIRE SSL TOKEN_ISSUER 'i'", " ATTRIBUTE '{}'")]
    [InlineData("REQUIRE X509 AND TOKEN_ISSUER 'i'", ";")]
    [InlineData("REQUIRE NONE", "")]
    [InlineData(Named, "")]
    [InlineData(Named, "  ; CREATE USER b REQUIRE SUBJECT '/CN=b'")]
    [InlineData(Named, " ATTRIBUTE '{\"email\": \"a\"}'")]
    [InlineData(Named, "ATTRIBUTE")]
    [InlineData(Named, " /* SAN */")]
    [InlineData(Named, " -- AND ISSUER '/CN=x'")]
    [InlineData(Named, " WITH MAX_USER_CONNECTIONS 1")]
    [InlineData(Named, ", 'b'@'%'")]
    [InlineData(Named, " ISSUR '/CN=misspelled'")]
    [InlineData(Named, " ANDISSUER '/CN=x'")]
    [InlineData(Named, " ORISSUER '/CN=x'")]
    [InlineData(Named + " OR ISSUER '/CN=i'", " ORDER")]
    [InlineData(Named + " OR ISSUER '/CN=i'", ") OR SUBJECT '/CN=b'")]
    [InlineData(Named, ")")]
    public void TryParsePrefix_StopsAfterTheClause(string clause, string rest)
    {
        LoginRequirement.TryParsePrefix(clause + rest, out LoginRequirement? requirement, out int length, out RequirementError error)
            .Should().BeTrue();
        requirement.Should().Be(LoginRequirement.Parse(clause));
        length.Should().Be(clause.Length);
        error.Kind.Should().Be(RequirementErrorKind.None);
    }

    [Theory]
    [InlineData("", RequirementErrorKind.ExpectedRequirement, 0)]
    [InlineData("REQUIRE ATTRIBUTE '{}'", RequirementErrorKind.ExpectedRequirement, 8)]
    [InlineData("REQUIRE ;", RequirementErrorKind.ExpectedRequirement, 8)]
    [InlineData("REQUIRE SSL AND X509", RequirementErrorKind.UnexpectedText, 12)]
    [InlineData("REQUIRE SSL SUBJECT '/CN=a'", RequirementErrorKind.UnexpectedText, 12)]
    [InlineData("REQUIRE SUBJECT '/CN=a' AND", RequirementErrorKind.DanglingAnd, 27)]
    [InlineData("REQUIRE SUBJECT '/CN=a' AND ATTRIBUTE '{}'", RequirementErrorKind.DanglingAnd, 28)]
    [InlineData("REQUIRE SUBJECT '/CN=a' OR", RequirementErrorKind.DanglingOr, 26)]
    [InlineData("REQUIRE SUBJECT '/CN=a' OR ATTRIBUTE '{}'", RequirementErrorKind.DanglingOr, 27)]
    [InlineData("REQUIRE SUBJECT '/CN=a' OR$", RequirementErrorKind.DanglingOr, 26)]
    [InlineData("REQUIRE SUBJECT '/CN=a' OR SSL;", RequirementErrorKind.PointlessAlternative, 27)]
    [InlineData("REQUIRE SSL OR SUBJECT '/CN=a';", RequirementErrorKind.PointlessAlternative, 8)]
    [InlineData("REQUIRE SUBJECT '/CN=a' SUBJECT '/CN=b'", RequirementErrorKind.RepeatedOption, 24)]
    [InlineData("REQUIRE SUBJECT '/CN=a", RequirementErrorKind.UnterminatedString, 16)]
    [InlineData("REQUIRE SUBJECT ATTRIBUTE", RequirementErrorKind.ExpectedString, 16)]
    [InlineData("REQUIRE SUBJECT '/CN=a' '/CN=b'", RequirementErrorKind.ExpectedOption, 24)]
    [InlineData("REQUIRE SUBJECT '/CN=a'\"/CN=b\"", RequirementErrorKind.ExpectedOption, 23)]
    [InlineData("REQUIRE SSL 'x'", RequirementErrorKind.UnexpectedText, 12)]
    [InlineData("REQUIRE NONEé", RequirementErrorKind.UnexpectedText, 12)]
    [InlineData("REQUIRE SSL$x", RequirementErrorKind.UnexpectedText, 11)]
    [InlineData("REQUIRE SUBJECT '/CN=a'é", RequirementErrorKind.ExpectedOption, 23)]
    [InlineData("REQUIRE SUBJECT '/CN=a'\u00A0AND ISSUER '/CN=b'", RequirementErrorKind.ExpectedOption, 23)]
    public void TryParsePrefix_RejectsTextWithoutAClause(string text, RequirementErrorKind kind, int index)
    {
        LoginRequirement.TryParsePrefix(text, out LoginRequirement? requirement, out int length, out RequirementError error)
            .Should().BeFalse();
        requirement.Should().BeNull();
        length.Should().Be(0);
        (error.Kind, error.Index).Should().Be((kind, index));
    }

    [Fact]
    public void TryParsePrefix_FindsAnyClause() => Prop.ForAll(
        Generators.Requirement.Zip(Generators.HostileText).ToArbitrary(),
        pair =>
        {
            string clause = pair.Item1.ToString();
            LoginRequirement.TryParsePrefix($"{clause} ;{pair.Item2}", out LoginRequirement? requirement, out int length, out _)
                .Should().BeTrue();
            requirement.Should().Be(pair.Item1);
            length.Should().Be(clause.Length);
        }).Check(Generators.Times(2000));

    // Both methods read the same clause, also in text with errors.
    [Fact]
    public void TryParsePrefix_AgreesWithTryParse() => Prop.ForAll(
        Gen.OneOf(
            Generators.Requirement.Select(requirement => requirement.ToString()),
            Generators.Mutated(Generators.Requirement.Select(requirement => requirement.ToString()), "OR AND'\"/;($é")).ToArbitrary(),
        text =>
        {
            bool isPrefix = LoginRequirement.TryParsePrefix(text, out LoginRequirement? prefix, out int length, out _);
            bool isWhole = LoginRequirement.TryParse(text, out LoginRequirement? whole, out _);
            return (!isWhole || (whole!.Equals(prefix) && text[length..].All(char.IsWhiteSpace)))
                && (!isPrefix || LoginRequirement.Parse(text[..length]).Equals(prefix));
        }).Check(Generators.Times(4000));

    // The truncated part could be an option, the rest of one, or the second quote of a doubled one.
    [Theory]
    [InlineData("REQUIRE SUBJECT '/CN=a'", " AND ISSUER '/CN=b'")]
    [InlineData("REQUIRE SUBJECT '/CN=a'", "'b'")]
    [InlineData("REQUIRE SUBJECT '/CN=a' ISSUE", "R '/CN=b'")]
    [InlineData("REQUIRE SUBJECT '/CN=a' OR", " ISSUER '/CN=b'")]
    [InlineData("REQUIRE SUBJECT '/CN=a' O", "R ISSUER '/CN=b'")]
    [InlineData("REQUIRE SUBJECT '/CN=a' OR", "DINARY")]
    [InlineData("REQUIRE SSL", " OR SUBJECT '/CN=a'")]
    [InlineData("REQUIRE SSL", "3")]
    [InlineData("REQUIRE SSL", " TOKEN_ISSUER 'b'")]
    [InlineData("REQUIRE SSL AND TOKEN", "_ISSUER 'b'")]
    [InlineData("REQUIRE SUBJECT '/CN=a' AND ISSUER '/CN=", "b'")]
    public void TryParsePrefix_RejectsAClauseThatTheLimitTruncates(string upToTheLimit, string rest)
    {
        string spaces = new(' ', RequirementBounds.MaxClauseLength - upToTheLimit.Length);
        LoginRequirement.TryParsePrefix(
            spaces + upToTheLimit + rest, out LoginRequirement? requirement, out int length, out RequirementError error).Should().BeFalse();
        requirement.Should().BeNull();
        (length, error.Kind).Should().Be((0, RequirementErrorKind.TooLong));
    }

    [Fact]
    public void TryParsePrefix_ReadsLongTextUpToTheLimit()
    {
        string spaces = new(' ', RequirementBounds.MaxClauseLength);
        LoginRequirement.TryParsePrefix($"REQUIRE SSL;{spaces}AND X509", out _, out int length, out _).Should().BeTrue();
        length.Should().Be("REQUIRE SSL".Length);
        LoginRequirement.TryParsePrefix($"REQUIRE SSL{spaces}AND X509", out _, out _, out RequirementError error).Should().BeFalse();
        error.Kind.Should().Be(RequirementErrorKind.TooLong);
        LoginRequirement.TryParsePrefix($"{spaces}REQUIRE SSL", out _, out _, out _).Should().BeFalse();
    }
}
