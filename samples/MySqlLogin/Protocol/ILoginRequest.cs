using CertAuth.Forwarding;

namespace MySqlLogin.Protocol;

/// <summary>What a login has in common, be it the first of a connection or a later one by COM_CHANGE_USER.</summary>
internal interface ILoginRequest
{
    /// <summary>The user who logs in.</summary>
    string User { get; }

    /// <summary>The answer to the challenge, of the plugin that the client chose.</summary>
    ReadOnlyMemory<byte> Authentication { get; }

    string Database { get; }

    string Plugin { get; }

    /// <summary>As they were received.</summary>
    IReadOnlyList<ConnectionAttribute> Attributes { get; }
}
