using System.Security.Cryptography;
using MySqlLogin.Protocol;

namespace MySqlLogin.Server;

/// <summary>Makes challenges.</summary>
internal static class Challenges
{
    // MySQL's alphabet: seven bits, without NUL, which ends text, and '$', which separates.
    private static readonly byte[] s_alphabet = [.. Enumerable.Range(1, 127).Where(b => b != '$').Select(b => (byte)b)];

    internal static byte[] Create() => RandomNumberGenerator.GetItems<byte>(s_alphabet, Bounds.Challenge);
}
