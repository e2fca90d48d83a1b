namespace CertAuth.Tests.Reloading;

/// <summary>A simple model of the rotation of signing certificates, as docs/rotation.md describes it.</summary>
internal sealed class RingModel(string first, Func<string, DateTimeOffset, bool> isValid, Func<string, DateTimeOffset> getEnd)
{
    private readonly HashSet<string> _revoked = [];
    private List<(string Id, TimeSpan At)> _replaced = [];
    private string _newest = first;
    private string _inUse = first;
    private TimeSpan? _lastRefresh;

    internal string Reload(string? file, DateTimeOffset wall, TimeSpan time)
    {
        string? id = file?.TrimEnd('\'');
        if (file == _inUse)
            return "Unchanged";
        if (id is null || !isValid(id, wall))
            return "Failed";

        if (id != _newest)
            _replaced = [.. _replaced.Where(r => r.Id != id && time - r.At <= TimeSpan.FromMinutes(15)).Prepend((_newest, time)).Take(4)];
        (_newest, _inUse) = (id, file!);
        return "Loaded";
    }

    internal void Refresh(string? file, DateTimeOffset wall, TimeSpan time)
    {
        if (_lastRefresh is { } last && time - last < TimeSpan.FromSeconds(5))
            return;
        _lastRefresh = time;
        Reload(file, wall, time);
    }

    internal void Revoke(string id) => _revoked.Add(id);

    internal IEnumerable<string> Accepted(DateTimeOffset wall, TimeSpan time) =>
        _replaced.Where(r => time - r.At <= TimeSpan.FromMinutes(15)).Select(r => r.Id).Prepend(_newest)
            .Where(id => !_revoked.Contains(id) && wall < getEnd(id).AddSeconds(31));
}
