namespace CertAuth.Reloading;

/// <summary>A reader of a material that changes over time although its files do not: for example, a revocation list becomes valid or
/// stale.</summary>
internal interface IChangingMaterialReader<T> : IMaterialReader<T>
    where T : class
{
    /// <summary>Returns the material in use as of the present time. Implementations are fast and do not throw.</summary>
    /// <param name="current">The value in use.</param>
    /// <returns>The material with its current facts, and with the same value unless it must be replaced.</returns>
    Material<T> Reevaluate(T current);
}
