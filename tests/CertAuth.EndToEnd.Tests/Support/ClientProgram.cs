namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>A client program.</summary>
public enum ClientProgram
{
    MariaDb = 1,
    MyCli = 2,
    Mysql2 = 3,
}
