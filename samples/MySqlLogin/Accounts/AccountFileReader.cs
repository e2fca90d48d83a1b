using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Reloading;
using MySqlLogin.Protocol;

namespace MySqlLogin.Accounts;

/// <summary>Makes accounts of a file of statements, so that the file is reloaded like everything else.</summary>
internal sealed class AccountFileReader : IMaterialReader<AccountTable>
{
    public string Kind => "accounts";

    public int MaxOctets => 4 * 1024 * 1024;

    public bool TryRead(
        ImmutableArray<ReadOnlyMemory<byte>> files,
        DateTimeOffset now,
        [NotNullWhen(true)] out Material<AccountTable>? material,
        [NotNullWhen(false)] out string? problem)
    {
        material = null;
        if (!PayloadReader.TryDecode(files[0].Span, out string statements))
        {
            problem = "The file isn't UTF-8.";
            return false;
        }

        if (!AccountTable.TryRead(statements, out AccountTable? table, out problem))
            return false;
        material = new(table) { Description = $"{table.Count} accounts" };
        return true;
    }
}
