using System.Text;
using CertAuth.Forwarding;

namespace Forwarding;

/// <summary>A client's answer to the challenge: the user name and the connection attributes.</summary>
internal sealed record LoginMessage(string User, IReadOnlyList<ConnectionAttribute> Attributes)
{
    internal Task SendAsync(LineConnection connection) => connection.SendAsync(
    [
        $"user {User}",
        .. Attributes.Select(a => $"attribute {Encoding.UTF8.GetString(a.Name.Span)} {Convert.ToBase64String(a.Value.Span)}"),
        "login",
    ]);

    internal static async Task<LoginMessage> ReceiveAsync(LineConnection connection)
    {
        List<string> lines = await connection.ReceiveUntilAsync("login");
        string user = lines[0]["user ".Length..];
        return new(user, [.. lines.Skip(1).Select(line => line.Split(' ')).Select(ToAttribute)]);
    }

    private static ConnectionAttribute ToAttribute(string[] parts) =>
        new(Encoding.UTF8.GetBytes(parts[1]), Convert.FromBase64String(parts[2]));
}
