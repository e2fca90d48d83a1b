namespace CertAuth.Reloading;

/// <summary>A material that a <see cref="ReloadMonitor"/> observes.</summary>
internal interface IMonitoredMaterial
{
    MaterialStatus Status { get; }

    /// <summary>Reloads the material. After the material was disposed, the result is that nothing changed.</summary>
    Task<ReloadResult> ReloadNowAsync();
}
