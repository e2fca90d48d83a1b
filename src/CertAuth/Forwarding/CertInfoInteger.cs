using System.Text.Json;
using CertAuth.Json;

namespace CertAuth.Forwarding;

/// <summary>A member that is an integer: only digits, without sign, fraction and exponent.</summary>
internal sealed class CertInfoInteger(int index, string name, Func<CertInfoFacts, long> getValue) : CertInfoMember(index, name)
{
    // The number of digits of the largest integer. JSON has no leading zeros.
    private const int MaxDigits = 12;

    internal override string AcceptedValues => $"an integer from 0 to {ForwardingBounds.MaxInteger}";

    internal override bool Accepts(JsonValue value) =>
        value.Kind == JsonKind.Number && value.Raw.Length <= MaxDigits
        && !value.Raw.ContainsAnyExceptInRange((byte)'0', (byte)'9') && Read(value) <= ForwardingBounds.MaxInteger;

    internal override void Write(Utf8JsonWriter writer, CertInfoFacts facts) => writer.WriteNumber(Name, getValue(facts));

    /// <summary>Returns an accepted value.</summary>
    internal static long Read(JsonValue value)
    {
        long number = 0;
        foreach (byte digit in value.Raw)
            number = (number * 10) + (digit - '0');
        return number;
    }
}
