namespace CertAuth.Der;

/// <summary>Reads UTCTime and GeneralizedTime in the form of certificates (RFC 5280, 4.1.2.5): with seconds, in UTC, without
/// fractions.</summary>
internal static class DerTime
{
    /// <summary>Reads a time of either type. The two-digit years of UTCTime are 1950 to 2049.</summary>
    internal static bool TryRead(ref DerReader reader, out DateTimeOffset time)
    {
        time = default;
        if (reader.TryRead(DerTag.UtcTime, out ReadOnlySpan<byte> text))
            return TryParse(text, yearDigits: 2, out time);
        return reader.TryRead(DerTag.GeneralizedTime, out text) && TryParse(text, yearDigits: 4, out time);
    }

    private static bool TryParse(ReadOnlySpan<byte> text, int yearDigits, out DateTimeOffset time)
    {
        time = default;
        if (text.Length != yearDigits + 11 || text[^1] != 'Z' || text[..^1].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;

        int year = ParseDigits(text[..yearDigits]);
        if (yearDigits == 2)
            year += year < 50 ? 2000 : 1900;
        ReadOnlySpan<byte> rest = text[yearDigits..];
        int month = ParseDigits(rest[..2]), day = ParseDigits(rest[2..4]);
        int hour = ParseDigits(rest[4..6]), minute = ParseDigits(rest[6..8]), second = ParseDigits(rest[8..10]);
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        if (hour > 23 || minute > 59 || second > 59)
            return false;

        time = new(year, month, day, hour, minute, second, TimeSpan.Zero);
        return true;
    }

    private static int ParseDigits(ReadOnlySpan<byte> digits)
    {
        int number = 0;
        foreach (byte digit in digits)
            number = (10 * number) + (digit - '0');
        return number;
    }
}
