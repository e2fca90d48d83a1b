namespace CertAuth.Requirements;

/// <summary>Evaluates the alternatives of a requirement. Immutable; safe for concurrent use.</summary>
/// <remarks>Alternatives often begin with the same options, such as ISSUER. Those that an alternative has in common with the one before it
/// are evaluated once.</remarks>
internal sealed class AlternativeEvaluator
{
    private readonly RequirementAlternative[] _alternatives;

    // For each alternative, the number of options, from the first, that the one before it also has.
    private readonly int[] _shared;

    internal AlternativeEvaluator(RequirementAlternative[] alternatives)
    {
        _alternatives = alternatives;
        _shared = [.. alternatives.Select((alternative, i) => i == 0 ? 0 : alternative.CountSharedOptions(alternatives[i - 1]))];
    }

    /// <summary>Evaluates at least one alternative until one is met. Allocates nothing.</summary>
    /// <param name="connection">The facts of the connection, which uses TLS.</param>
    /// <param name="nearest">The index of the alternative that got furthest, which gives the reason.</param>
    internal RejectionReason Evaluate(TlsConnectionInfo connection, out int nearest)
    {
        nearest = 0;
        int furthest = -1, nearestOption = 0, unmet = 0;
        for (int i = 0; i < _alternatives.Length; i++)
        {
            // This alternative also has the option that the one before it does not meet, so it gets exactly as far.
            if (unmet < _shared[i])
                continue;
            int rank = _alternatives[i].Evaluate(connection, _shared[i], out unmet);
            if (rank == RequirementAlternative.MetRank)
                return RejectionReason.None;
            if (rank > furthest)
                (furthest, nearest, nearestOption) = (rank, i, unmet);
        }

        return _alternatives[nearest].GetReason(connection, furthest, nearestOption);
    }
}
