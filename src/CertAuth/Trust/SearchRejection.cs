namespace CertAuth.Trust;

/// <summary>The most informative rejection that one search for a path finds.</summary>
internal sealed class SearchRejection
{
    private RejectionWeight _weight;

    /// <summary>Gets the first rejection of the highest weight; null if there is none.</summary>
    internal Rejection? Value { get; private set; }

    internal void Record(Rejection rejection, RejectionWeight weight)
    {
        if (Value is null || weight > _weight)
            (Value, _weight) = (rejection, weight);
    }
}
