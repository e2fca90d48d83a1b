namespace CertAuth.Reloading;

/// <summary>A reader whose material changes with time though its files do not: a revocation list becomes valid, another becomes
/// stale.</summary>
internal interface IChangingMaterialReader<T> : IMaterialReader<T>
    where T : class
{
    /// <summary>Returns the material in use as it is at the present time. Fast, and never fails.</summary>
    /// <param name="current">The value in use.</param>
    /// <returns>The facts of the present time, with the same value unless that has to be replaced.</returns>
    Material<T> Review(T current);
}
