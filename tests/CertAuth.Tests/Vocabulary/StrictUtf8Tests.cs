using System.Text;
using System.Text.RegularExpressions;

namespace CertAuth.Tests.Vocabulary;

public sealed class StrictUtf8Tests
{
    // The rows have escapes, because a test's name cannot contain an unpaired surrogate.
    [Theory]
    [InlineData("", -1)]
    [InlineData("aé€", -1)]
    [InlineData(@"\uD83D\uDE00a\uD83D\uDE01", -1)]
    [InlineData(@"\uD83D", 0)]
    [InlineData(@"a\uDE00", 1)]
    [InlineData(@"\uD83D\uDE00\uD83D", 2)]
    [InlineData(@"\uD83Da", 0)]
    [InlineData(@"\uDE00\uD83D", 0)]
    [InlineData(@"\uD83D\uD83D\uDE00", 0)]
    public void UnpairedSurrogates_AreFoundAndNeverReplaced(string escaped, int index)
    {
        string text = Regex.Unescape(escaped);

        StrictUtf8.IndexOfUnpairedSurrogate(text).Should().Be(index);
        StrictUtf8.AreEqual(Encoding.UTF8.GetBytes(text), text).Should().Be(index < 0);
        if (index < 0)
            StrictUtf8.GetBytes(text).Should().Equal(Encoding.UTF8.GetBytes(text));
        else
            FluentActions.Invoking(() => StrictUtf8.GetBytes(text)).Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("a", "aa")]
    [InlineData("aa", "a")]
    [InlineData("é", "e")]
    public void AreEqual_ComparesOrdinally(string one, string other) =>
        StrictUtf8.AreEqual(Encoding.UTF8.GetBytes(one), other).Should().BeFalse();
}
