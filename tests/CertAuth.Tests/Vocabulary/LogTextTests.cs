using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Tests.Requirements;

namespace CertAuth.Tests.Vocabulary;

/// <summary>The attack: text from a peer forges log lines, hides or reverses parts of them, or fills the disk.</summary>
public sealed class LogTextTests
{
    /// <summary>The maximum length of escaped text: 8 characters for each UTF-16 code unit, and the note that the text was
    /// truncated.</summary>
    private const int MaxLine = (VocabularyBounds.MaxLogTextLength * 8) + 40;

    [Theory]
    [InlineData("a\nb\r\0\u001B[2J", "a\\u{000A}b\\u{000D}\\u{0000}\\u{001B}[2J")]
    [InlineData("\u007F\u0085\u009B", "\\u{007F}\\u{0085}\\u{009B}")]
    [InlineData("\u2028\u2029", "\\u{2028}\\u{2029}")]
    [InlineData("\u202E\u2066\u200F\u061C", "\\u{202E}\\u{2066}\\u{200F}\\u{061C}")]
    [InlineData("\u200B\uFEFF\u00AD", "\\u{200B}\\u{FEFF}\\u{00AD}")]
    [InlineData("\uE000\uFFFF", "\\u{E000}\\u{FFFF}")]
    [InlineData("\U000E0041\U000E0001", "\\u{E0041}\\u{E0001}")]
    [InlineData("\U0001D173\U000F0000\U0010FFFD", "\\u{1D173}\\u{F0000}\\u{10FFFD}")]
    [InlineData("\U000E0FFF", "\\u{E0FFF}")]
    public void Escape_EscapesInvisibleAndControlCharacters(string text, string expected) =>
        LogText.Escape($"<{text}>").Should().Be($"<{expected}>");

    // The fault: only control, format, private and unassigned characters were escaped, and a log showed "bob\u3164" as "bob".
    [Theory]
    [InlineData("bob\u3164", "bob\\u{3164}")]
    [InlineData("bob\u2800", "bob\\u{2800}")]
    [InlineData("bob\uFE00\uFE0F", "bob\\u{FE00}\\u{FE0F}")]
    [InlineData("b\u034Fo\u115F\u1160b", "b\\u{034F}o\\u{115F}\\u{1160}b")]
    [InlineData("bob\u17B4\u180B\uFFA0", "bob\\u{17B4}\\u{180B}\\u{FFA0}")]
    [InlineData("bob\U000E0100\U000E01EF", "bob\\u{E0100}\\u{E01EF}")]
    [InlineData("bob\U0001D159\U00013441\U00016FE4", "bob\\u{1D159}\\u{13441}\\u{16FE4}")]
    [InlineData("bob\u00A0\u1680\u2003\u200A\u202F\u205F\u3000", "bob\\u{00A0}\\u{1680}\\u{2003}\\u{200A}\\u{202F}\\u{205F}\\u{3000}")]
    public void Escape_EscapesCharactersThatRenderAsNothing(string text, string expected) => LogText.Escape(text).Should().Be(expected);

    [Theory]
    [InlineData("")]
    [InlineData("/C=US/O=Example Inc./CN=alice \\ ' \" ~")]
    [InlineData("José Müller – Ελένη, Дмитрий")]
    [InlineData("开发 東京 서울 مرحبا עברית")]
    [InlineData("\U0001F600\U0001F512\U00020000")]
    [InlineData("e\u0301")]
    public void Escape_KeepsReadableCharacters(string text) => LogText.Escape(text).Should().Be(text);

    [Fact]
    public void Escape_ReplacesLoneSurrogates()
    {
        foreach (char surrogate in "\uD800\uDFFF")
        {
            LogText.Escape($"a{surrogate}b").Should().Be("a\uFFFDb");
            LogText.Escape($"a{surrogate}").Should().Be("a\uFFFD");
        }

        LogText.Escape("\uD800\U0001F600\uDE00").Should().Be("\uFFFD\U0001F600\uFFFD");
    }

    [Fact]
    public void Escape_TruncatesALongText()
    {
        string longest = new('a', VocabularyBounds.MaxLogTextLength);

        LogText.Escape(longest).Should().Be(longest);
        LogText.Escape(longest + "b").Should().Be($"{longest}… (513 characters)");
        LogText.Escape(new('\0', 1_000_000)).Length.Should().BeInRange(VocabularyBounds.MaxLogTextLength, MaxLine);
    }

    [Fact]
    public void Escape_DoesNotSplitCharacters()
    {
        string text = LogText.Escape(new string('a', VocabularyBounds.MaxLogTextLength - 1) + "\U0001F600");

        Assert.DoesNotContain(text, char.IsSurrogate);
        text.Should().EndWith("… (513 characters)");
    }

    [Fact]
    public void Escape_DoesNotReadTheTruncatedPart()
    {
        string text = new('\u202E', 1_000_000);
        LogText.Escape(text);

        long before = GC.GetAllocatedBytesForCurrentThread();
        string escaped = LogText.Escape(text);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        escaped.Length.Should().BeInRange(VocabularyBounds.MaxLogTextLength, MaxLine);
        allocated.Should().BeInRange(0, 100_000);
    }

    [Fact]
    public void VerifiedCertificate_ToStringIsBoundedAndEscaped()
    {
        TestName name = TestName.Of(("CN", "a\u202E\U000E0041\n" + new string('b', 50_000)));

        string text = new VerifiedCertificate(Clients.Certificate(name), new byte[32]).ToString();

        text.Should().StartWith("/CN=a\\u{202E}\\u{E0041}\\x0Abbb");
        text.Length.Should().BeInRange(VocabularyBounds.MaxLogTextLength, MaxLine);
    }

    [Fact]
    public void StoredRequirement_ToStringIsBoundedAndEscaped()
    {
        string json = "{\n\u202E" + new string('x', 50_000);

        foreach (string text in new[] { new StoredRequirement(json).ToString(), new StoredRequirement("{}", json).ToString() })
        {
            text.Should().Contain("{\\u{000A}\\u{202E}xxx");
            text.Length.Should().BeInRange(VocabularyBounds.MaxLogTextLength, MaxLine);
        }
    }

    [Fact]
    public void Rejection_ToStringIsBoundedAndEscaped_ForCustomTexts()
    {
        string hostile = "\r\n" + new string('\u202E', 50_000);

        Rejection rejection = new(RejectionReason.CustomRejected, hostile, hostile);

        Assert.DoesNotContain(rejection.ToString(), c => char.IsControl(c) || c == '\u202E');
        rejection.ToString().Length.Should().BeInRange(VocabularyBounds.MaxLogTextLength, (2 * MaxLine) + 100);
        rejection.Required.Should().StartWith("\\u{000D}\\u{000A}");
        rejection.Presented.Should().StartWith("\\u{000D}\\u{000A}");
    }

    [Fact]
    public void AuthenticationResult_ToStringEscapesTheUserName()
    {
        AuthenticatedIdentity identity = new("bob\naccepted: root\u202E", AuthenticationMethod.Custom, connection: null);

        AuthenticationResult.Accepted(identity).ToString().Should().Be("accepted: bob\\u{000A}accepted: root\\u{202E} by custom method");
    }
}
