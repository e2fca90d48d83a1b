using System.Buffers.Text;
using System.Globalization;

namespace CertAuth.AuthTokens;

/// <summary>A time that a token states as a JSON number of seconds since 1970-01-01T00:00:00Z (RFC 7519, 2).</summary>
/// <param name="Ticks">The ticks of 100 ns since 1970-01-01T00:00:00Z, rounded down.</param>
/// <param name="IsTruncated">true if the time is later than <paramref name="Ticks"/> by a fraction of a tick; otherwise, false.</param>
internal readonly record struct NumericDate(long Ticks, bool IsTruncated)
{
    private const int TickDigits = 7;

    /// <summary>The last tick of the year 9999.</summary>
    private static readonly long s_maxTicks = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks;

    /// <summary>Reads a number that follows the grammar of JSON (RFC 8259, 6). Returns false if it has a minus sign, is after the year
    /// 9999, is longer than <see cref="AuthTokenBounds.MaxTimeCharacters"/> or has an exponent that is not from -30 to 30.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> number, out NumericDate date)
    {
        date = default;
        if (number.Length > AuthTokenBounds.MaxTimeCharacters || number[0] == '-')
            return false;

        // The common case: whole seconds.
        if (Utf8Parser.TryParse(number, out long seconds, out int read) && read == number.Length
            && seconds <= s_maxTicks / TimeSpan.TicksPerSecond)
        {
            date = new(seconds * TimeSpan.TicksPerSecond, IsTruncated: false);
            return true;
        }

        int e = number.IndexOfAny((byte)'e', (byte)'E');
        int exponent = 0;
        if (e >= 0)
        {
            ReadOnlySpan<byte> text = number[(e + 1)..];
            text = text[0] == '+' ? text[1..] : text;
            if (!Utf8Parser.TryParse(text, out exponent, out int consumed) || consumed != text.Length)
                return false;
            if (exponent is < -AuthTokenBounds.MaxTimeExponent or > AuthTokenBounds.MaxTimeExponent)
                return false;
            number = number[..e];
        }

        UInt128 digits = 0;
        int point = number.IndexOf((byte)'.');
        foreach (byte b in number)
            digits = b == '.' ? digits : (digits * 10) + (uint)(b - '0');

        // digits * 10^power is the number of ticks.
        int fraction = point < 0 ? 0 : number.Length - point - 1;
        return TryScale(digits, exponent - fraction + TickDigits, out date);
    }

    /// <summary>Determines whether the time is at or before another, in ticks since 1970-01-01T00:00:00Z.</summary>
    internal bool IsAtOrBefore(long ticks) => Ticks < ticks || (Ticks == ticks && !IsTruncated);

    /// <summary>Determines whether the time is at or after another, in ticks since 1970-01-01T00:00:00Z.</summary>
    internal bool IsAtOrAfter(long ticks) => Ticks >= ticks;

    /// <summary>Returns the time in ISO 8601 and UTC, rounded down to a tick.</summary>
    public override string ToString() => DateTimeOffset.UnixEpoch.AddTicks(Ticks).ToString("O", CultureInfo.InvariantCulture);

    private static bool TryScale(UInt128 digits, int power, out NumericDate date)
    {
        bool isTruncated = false;
        for (; power > 0 && digits <= (UInt128)s_maxTicks; power--)
            digits *= 10;
        for (; power < 0 && digits > 0; power++)
        {
            isTruncated |= digits % 10 != 0;
            digits /= 10;
        }

        date = new((long)UInt128.Min(digits, (UInt128)s_maxTicks), isTruncated);
        return digits <= (UInt128)s_maxTicks;
    }
}
