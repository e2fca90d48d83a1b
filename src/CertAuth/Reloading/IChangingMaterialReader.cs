namespace CertAuth.Reloading;

/// <summary>A reader of material that changes over time without a change of its files: for example, a revocation list becomes valid or
/// stale.</summary>
internal interface IChangingMaterialReader<T> : IMaterialReader<T>
    where T : class
{
    /// <summary>Returns the material in use as of the present time. Fast; does not throw.</summary>
    /// <param name="current">The value in use.</param>
    /// <returns>The present facts, with the same value unless it must be replaced.</returns>
    Material<T> Review(T current);
}
