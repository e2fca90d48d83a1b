namespace CertAuth.MySqlServer.Protocol;

/// <summary>The first byte of a command.</summary>
internal enum Command : byte
{
    Quit = 0x01,
    InitDatabase = 0x02,
    Query = 0x03,
    FieldList = 0x04,
    Statistics = 0x09,
    Ping = 0x0E,
    ChangeUser = 0x11,
}
