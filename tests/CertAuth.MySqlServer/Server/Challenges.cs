using System.Security.Cryptography;
using CertAuth.MySqlServer.Protocol;

namespace CertAuth.MySqlServer.Server;

/// <summary>Creates random challenges.</summary>
internal static class Challenges
{
    // MySQL's alphabet: 7-bit characters without NUL, the terminator, and '$', a separator.
    private static readonly byte[] s_alphabet = [.. Enumerable.Range(1, 127).Where(b => b != '$').Select(b => (byte)b)];

    internal static byte[] Create() => RandomNumberGenerator.GetItems<byte>(s_alphabet, Bounds.Challenge);
}
