namespace CertAuth.ColdStart;

/// <summary>The figures of a probe.</summary>
internal sealed record Row(
    string Name, Spread Native, Spread Prepare, Spread Decide, Spread Whole, Spread Jit, Spread Methods, double? Goal)
{
    public string Verdict => Goal is not { } goal ? "" : Whole.Median <= goal ? "met" : "MISSED";
}
