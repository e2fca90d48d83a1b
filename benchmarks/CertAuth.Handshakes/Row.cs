using System.Globalization;

namespace CertAuth.Handshakes;

/// <summary>One line of the table.</summary>
/// <param name="Mode">The server's mode of handshakes.</param>
/// <param name="Hostile">The hostile clients.</param>
/// <param name="Honest">The honest logins.</param>
/// <param name="Undisturbed">The median of honest logins without hostile clients, at the same server.</param>
/// <param name="Rejected">The number of hostile handshakes that ended during the measurement.</param>
/// <param name="Processor">The server's processor time during the measurement, in milliseconds.</param>
internal sealed record Row(string Mode, string Hostile, Logins Honest, double Undisturbed, int Rejected, long Processor)
{
    /// <summary>The columns: honest logins, failed ones, milliseconds of the median, the 90th percentile and the maximum, the ratio of the
    /// median to the undisturbed one; hostile handshakes that ended, the server's processor time in milliseconds.</summary>
    internal const string Header =
        "server                     hostile clients                  logins  failed    median       p90       max  x none   ended"
        + "  processor";

    /// <summary>The ratio of the median to the undisturbed one.</summary>
    internal double Ratio => Honest.Median / Undisturbed;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Mode,-26} {Hostile,-31} {Honest.Times.Count,7} {Honest.Failed,7} {Honest.Median,9:F1} {Honest.Percentile90,9:F1} "
        + $"{Honest.Times[^1],9:F1} {Ratio,7:F1} {Rejected,7} {Processor,10}");
}
