using CertAuth.Forwarding;

namespace CertAuth.MySqlServer.Protocol;

/// <summary>The data of a login, either the first one of a connection or a later one by COM_CHANGE_USER.</summary>
internal interface ILoginRequest
{
    /// <summary>The name of the user who logs in.</summary>
    string User { get; }

    /// <summary>The answer of the client's plugin to the challenge.</summary>
    ReadOnlyMemory<byte> Authentication { get; }

    string Database { get; }

    string Plugin { get; }

    /// <summary>The connection attributes as received.</summary>
    IReadOnlyList<ConnectionAttribute> Attributes { get; }
}
