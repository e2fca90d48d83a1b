using System.Reflection;
using CertAuth.Certificates;
using CertAuth.Names;

namespace CertAuth.Tests.Certificates;

/// <summary>The common shape of errors and facts: values that only the library creates, with a sentence for operators.</summary>
public sealed class ErrorShapeTests
{
    [Theory]
    [InlineData(typeof(CertificateError))]
    [InlineData(typeof(KeyPairError))]
    [InlineData(typeof(NameError))]
    [InlineData(typeof(PublicKeyInfo))]
    [InlineData(typeof(SignatureAlgorithmInfo))]
    public void Type_IsNotPositionalAndCannotBeChanged(Type type)
    {
        type.IsValueType.Should().BeTrue();
        type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Should().BeEmpty();
        type.GetMethod("Deconstruct").Should().BeNull();
        type.GetProperties().Should().OnlyContain(property => property.SetMethod == null);
    }

    [Fact]
    public void Default_IsNoError()
    {
        default(CertificateError).Kind.Should().Be(CertificateErrorKind.None);
        default(KeyPairError).Kind.Should().Be(KeyPairErrorKind.None);
        default(NameError).Kind.Should().Be(NameErrorKind.None);
        foreach (string text in new[] { $"{default(CertificateError)}", $"{default(KeyPairError)}", $"{default(NameError)}" })
            text.Should().Be("No error.");
    }

    [Fact]
    public void ToString_ReturnsACertificateSentence_ForEachKind() =>
        AssertSentences<CertificateErrorKind>(kind => new CertificateError(kind, 7).ToString());

    [Fact]
    public void ToString_ReturnsANameSentence_ForEachKind() => AssertSentences<NameErrorKind>(kind => new NameError(kind, 7).ToString());

    [Theory]
    [InlineData(0, null)]
    [InlineData(2, "It is one detail.")]
    public void ToString_ReturnsAKeyPairSentence_ForEachKind(int index, string? detail) =>
        AssertSentences<KeyPairErrorKind>(kind => new KeyPairError(kind, KeyPairFile.Certificate, index, detail).ToString());

    private static void AssertSentences<TKind>(Func<TKind, string> format)
        where TKind : struct, Enum
    {
        foreach (TKind kind in Enum.GetValues<TKind>().Append((TKind)(object)99))
        {
            string text = format(kind);
            text.Should().MatchRegex("^[A-Z].*\\.$").And.NotContain("  ").And.NotContain("..");
            Enum.GetNames<TKind>().Should().AllSatisfy(name => text.Split(' ', '.', ',', ';', ':').Should().NotContain(name));
        }
    }
}
