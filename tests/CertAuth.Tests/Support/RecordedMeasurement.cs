namespace CertAuth.Tests.Support;

/// <summary>One measurement of a meter that a test listened to.</summary>
internal sealed record RecordedMeasurement(string Instrument, string? Unit, double Value, IReadOnlyDictionary<string, object?> Tags)
{
    internal string Material => $"{Tags["material"]}";
}
