namespace CertAuth.ColdStart;

/// <summary>The milliseconds of one first login.</summary>
/// <param name="Native">The time to load OpenSSL.</param>
/// <param name="Prepare">The time to read keys and certificates and create the authenticator.</param>
/// <param name="Decide">The time of the first decision.</param>
/// <param name="Jit">The time of the JIT compiler within the last two.</param>
/// <param name="Methods">The number of methods that it compiled.</param>
internal readonly record struct Sample(double Native, double Prepare, double Decide, double Jit, double Methods)
{
    internal double Whole => Prepare + Decide;
}
