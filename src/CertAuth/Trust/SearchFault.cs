namespace CertAuth.Trust;

/// <summary>The fault that says most of those that one search for a path finds.</summary>
internal sealed class SearchFault
{
    private FaultWeight _weight;

    /// <summary>The first fault of the highest weight; null where there is none.</summary>
    internal Rejection? Rejection { get; private set; }

    internal void Record(Rejection rejection, FaultWeight weight)
    {
        if (Rejection is null || weight > _weight)
            (Rejection, _weight) = (rejection, weight);
    }
}

/// <summary>How much a fault says about a path that was not found.</summary>
internal enum FaultWeight
{
    /// <summary>A candidate did not sign the certificate; another one may have.</summary>
    Signature = 0,

    /// <summary>A candidate's key is not accepted, so it is open whether it signed the certificate.</summary>
    IssuerKey = 1,

    /// <summary>A certificate of a path whose signatures verify breaks a rule.</summary>
    Rule = 2,

    /// <summary>The search ended before every candidate was tried.</summary>
    Exhausted = 3,
}
