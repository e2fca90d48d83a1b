using System.Buffers.Text;
using System.Globalization;

namespace CertAuth.AuthTokens;

/// <summary>An instant as a JSON number of seconds since 1970 (RFC 7519, 2), exactly: integers, fractions and exponents.</summary>
/// <param name="Ticks">Ticks of 100 ns since 1970, rounded down.</param>
/// <param name="IsTruncated">Whether something was rounded off.</param>
internal readonly record struct NumericDate(long Ticks, bool IsTruncated)
{
    /// <summary>The maximum length of a number, in characters: whole seconds have 10, and digits beyond a tick say nothing.</summary>
    internal const int MaxLength = 30;

    private const int TickDigits = 7;
    private const int MaxExponent = 30;

    /// <summary>The end of the year 9999.</summary>
    private static readonly long s_maxTicks = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks;

    /// <summary>Reads a JSON number. False where it is negative, beyond the year 9999, or longer than anybody writes.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> number, out NumericDate date)
    {
        date = default;
        if (number.Length > MaxLength || number[0] == '-')
            return false;

        // Whole seconds, as nearly all are.
        if (Utf8Parser.TryParse(number, out long seconds, out int read) && read == number.Length && seconds <= s_maxTicks / TimeSpan.TicksPerSecond)
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
            if (!Utf8Parser.TryParse(text, out exponent, out int consumed) || consumed != text.Length || exponent is < -MaxExponent or > MaxExponent)
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

    /// <summary>Whether it is at or before an instant.</summary>
    internal bool IsAtOrBefore(long ticks) => Ticks < ticks || (Ticks == ticks && !IsTruncated);

    /// <summary>Whether it is at or after an instant.</summary>
    internal bool IsAtOrAfter(long ticks) => Ticks >= ticks;

    /// <summary>The instant for people, rounded down.</summary>
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
