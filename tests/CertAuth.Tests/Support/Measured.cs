namespace CertAuth.Tests.Support;

/// <summary>One measurement.</summary>
internal sealed record Measured(string Instrument, string? Unit, double Value, IReadOnlyDictionary<string, object?> Tags)
{
    internal string Material => $"{Tags["material"]}";
}
