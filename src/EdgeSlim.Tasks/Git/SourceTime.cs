using System.Globalization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Git;

/// <summary>Decides the one time that an image's files and documents carry, so that the same commit gives the same bytes.</summary>
public static class SourceTime
{
    /// <summary>The latest second that the header of a tar archive (ustar) can hold: eleven octal digits.</summary>
    public const long LatestSecond = 8589934591;

    /// <summary>The environment variable that overrides the commit's time (reproducible-builds.org).</summary>
    public const string VariableName = "SOURCE_DATE_EPOCH";

    /// <summary>
    /// The image's time: <c>SOURCE_DATE_EPOCH</c>, else the commit's time, else the Unix epoch. A commit's time that
    /// a tar archive cannot hold is moved to the nearest that it can.
    /// </summary>
    /// <param name="sourceDateEpoch">The variable's value; null or empty when unset.</param>
    /// <param name="commitTime">The commit's time; null when unknown.</param>
    /// <returns>The time in UTC, in whole seconds.</returns>
    /// <exception cref="EdgeException">
    /// EDGE3011: the variable is not a number of seconds from 0 to <see cref="LatestSecond"/>.
    /// </exception>
    public static DateTimeOffset Resolve(string? sourceDateEpoch, DateTimeOffset? commitTime)
    {
        if (!string.IsNullOrEmpty(sourceDateEpoch))
        {
            return long.TryParse(sourceDateEpoch, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
                && seconds <= LatestSecond
                    ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                    : throw new EdgeException(DiagnosticCodes.InvalidSourceDateEpoch, sourceDateEpoch);
        }

        return commitTime is DateTimeOffset time
            ? DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(time.ToUnixTimeSeconds(), 0, LatestSecond))
            : DateTimeOffset.UnixEpoch;
    }
}
