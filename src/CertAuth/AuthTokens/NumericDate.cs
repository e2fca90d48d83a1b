using System.Buffers.Text;
using System.Globalization;

namespace CertAuth.AuthTokens;

/// <summary>A time as a JSON number of seconds since 1970 (RFC 7519, 2). Integers, fractions and exponents are read exactly.</summary>
/// <param name="Ticks">The ticks of 100 ns since 1970, rounded down.</param>
/// <param name="IsTruncated">true if the number is later than <paramref name="Ticks"/> by a fraction of a tick; otherwise, false.</param>
internal readonly record struct NumericDate(long Ticks, bool IsTruncated)
{
    /// <summary>The maximum length of a number, in characters. Whole seconds have 10, and digits after a tick are not
    /// significant.</summary>
    internal const int MaxLength = 30;

    private const int TickDigits = 7;
    private const int MaxExponent = 30;

    /// <summary>The end of the year 9999.</summary>
    private static readonly long s_maxTicks = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks;

    /// <summary>Reads a JSON number. Returns false if the number is negative, after the year 9999 or longer than
    /// <see cref="MaxLength"/>.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> number, out NumericDate date)
    {
        date = default;
        if (number.Length > MaxLength || number[0] == '-')
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
            if (exponent is < -MaxExponent or > MaxExponent)
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

    /// <summary>Determines whether the time is at or before another.</summary>
    internal bool IsAtOrBefore(long ticks) => Ticks < ticks || (Ticks == ticks && !IsTruncated);

    /// <summary>Determines whether the time is at or after another.</summary>
    internal bool IsAtOrAfter(long ticks) => Ticks >= ticks;

    /// <summary>Returns the time in ISO 8601, rounded down to a tick.</summary>
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
