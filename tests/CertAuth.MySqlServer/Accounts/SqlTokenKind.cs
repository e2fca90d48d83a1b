namespace CertAuth.MySqlServer.Accounts;

/// <summary>The kind of a <see cref="SqlToken"/>.</summary>
internal enum SqlTokenKind
{
    End = 0,
    Word = 1,
    Literal = 2,
    Symbol = 3,
}
