namespace CertAuth.MySqlServer.Server;

/// <summary>The variables that clients query. All are constant.</summary>
internal static class Variables
{
    internal static (string Name, string Value)[] All { get; } =
    [
        ("auto_increment_increment", "1"),
        ("autocommit", "1"),
        ("character_set_client", "utf8mb4"),
        ("character_set_connection", "utf8mb4"),
        ("character_set_database", "utf8mb4"),
        ("character_set_results", "utf8mb4"),
        ("character_set_server", "utf8mb4"),
        ("collation_connection", "utf8mb4_general_ci"),
        ("collation_server", "utf8mb4_general_ci"),
        ("init_connect", ""),
        ("interactive_timeout", "600"),
        ("license", "MIT"),
        ("lower_case_table_names", "0"),
        ("max_allowed_packet", "131072"),
        ("net_write_timeout", "60"),
        ("performance_schema", "0"),
        ("protocol_version", "10"),
        ("sql_mode", ""),
        ("system_time_zone", "UTC"),
        ("time_zone", "UTC"),
        ("transaction_isolation", "REPEATABLE-READ"),
        ("tx_isolation", "REPEATABLE-READ"),
        ("version", ServerSession.Version),
        ("version_comment", "CertAuth: logins only"),
        ("wait_timeout", "600"),
    ];

    internal static string? Find(string name) =>
        All.Where(v => v.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(v => v.Value).FirstOrDefault();
}
