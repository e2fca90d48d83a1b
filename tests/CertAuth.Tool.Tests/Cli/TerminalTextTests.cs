using CertAuth.Tool.Cli;

namespace CertAuth.Tool.Tests.Cli;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData(false, null, "xterm", "\u001B[32mgood\u001B[0m")]
    [InlineData(false, "", "xterm", "\u001B[32mgood\u001B[0m")]
    [InlineData(false, "1", "xterm", "good")]
    [InlineData(false, null, "dumb", "good")]
    [InlineData(true, null, "xterm", "good")]
    public void ForTerminal_UsesColors_OnlyOnTerminals(bool isRedirected, string? noColor, string term, string expected) =>
        Style.ForTerminal(isRedirected, noColor, term).Good("good").Should().Be(expected);

    [Theory]
    [InlineData("/CN=Andr\u00E9 \u4E2D\u6587 \U0001F600", "/CN=Andr\u00E9 \u4E2D\u6587 \U0001F600")]
    [InlineData("a\u001B[2J\r\nb", @"a\u{1B}[2J\u{D}\u{A}b")]
    [InlineData("\u202Eevil\u2028\u200B", @"\u{202E}evil\u{2028}\u{200B}")]
    public void Escape_EscapesControlCharacters(string text, string expected) => TerminalText.Escape(text).Should().Be(expected);

    // Two names that differ only in invisible characters must not look the same.
    [Theory]
    [InlineData("bob\u3164", @"bob\u{3164}", @"bob\\xE3\\x85\\xA4")]
    [InlineData("bob\u2800\uFE00", @"bob\u{2800}\u{FE00}", @"bob\\xE2\\xA0\\x80\\xEF\\xB8\\x80")]
    [InlineData("bob\U000E0100", @"bob\u{E0100}", @"bob\\xF3\\xA0\\x84\\x80")]
    public void Escape_EscapesInvisibleCharacters(string text, string expected, string clause) =>
        (TerminalText.Escape(text), TerminalText.EscapeClause(text)).Should().Be((expected, clause));

    // Not a theory: an attribute cannot contain a lone surrogate.
    [Fact]
    public void Escape_ReplacesALoneSurrogate() => TerminalText.Escape("\uD800x").Should().Be(@"\u{FFFD}x");

    [Theory]
    [InlineData(0, "0 accounts")]
    [InlineData(1, "1 account")]
    [InlineData(2, "2 accounts")]
    public void FormatCount_UsesThePlural(int number, string expected) => TerminalText.FormatCount(number, "account").Should().Be(expected);
}
