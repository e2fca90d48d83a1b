namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>A program that logs in and asks who it is.</summary>
internal interface ILoginClient
{
    /// <summary>Gives the account, such as <c>u1@%</c>, or the error as the program shows it.</summary>
    /// <param name="user">Who logs in.</param>
    /// <param name="certificate">Whose certificate is presented; null for none.</param>
    /// <param name="token">The token, which the program may send in clear text; null for none.</param>
    /// <param name="isEncrypted">Whether it is by TLS, with the server's certificate verified.</param>
    Task<string> LogInAsync(string user, string? certificate = null, string? token = null, bool isEncrypted = true);

    /// <summary>How the program shows an error that the server sent.</summary>
    string Show(int number, string state, string message);
}
