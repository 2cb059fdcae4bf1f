namespace EdgeSlim.Trials.Verdicts;

/// <summary>Who is to blame that an image does not work.</summary>
public enum Culprit
{
    /// <summary>Nobody: it works, or refuses only what the control refuses too.</summary>
    Nobody,

    /// <summary>The packaging: untrimmed and compiled just in time, the application does better.</summary>
    Packaging,

    /// <summary>The application, or what a trial does not give it: it fails without any packaging too.</summary>
    App,
}

/// <summary>One thing that shows who is to blame.</summary>
/// <param name="Kind">What the image did wrong.</param>
/// <param name="Subject">What shows it, such as a route or an exception's type; null for the application as a whole.</param>
/// <param name="Image">What was seen of the image.</param>
/// <param name="Control">What was seen of the control.</param>
/// <param name="IsPackaging">Whether the control does better.</param>
public sealed record BlameReason(SuspicionKind Kind, string? Subject, string Image, string Control, bool IsPackaging)
{
    /// <summary>In words.</summary>
    /// <returns>Both sides; one where both are the same.</returns>
    public override string ToString() => Image == Control ? Image : $"{Image}; without trimming and AOT, {Control}";
}

/// <summary>Who is to blame, and what shows it.</summary>
/// <param name="Culprit">Who.</param>
/// <param name="Reasons">What shows it.</param>
public sealed record TrialVerdict(Culprit Culprit, IReadOnlyList<BlameReason> Reasons)
{
    private const int MostSaid = 3;

    /// <summary>The reasons, in one line.</summary>
    /// <returns>They.</returns>
    public override string ToString() =>
        string.Join(". Also, ", Reasons.Take(MostSaid)) + (Reasons.Count > MostSaid ? $". And {Reasons.Count - MostSaid} more" : "");
}

/// <summary>
/// Compares what was seen of an image with what was seen of the control: the same application with everything, untrimmed and compiled just
/// in time, tried in the same way. Pure.
/// </summary>
public static class Blame
{
    /// <summary>Judges.</summary>
    /// <param name="image">What was seen of the image.</param>
    /// <param name="control">What was seen of the control.</param>
    /// <returns>Who is to blame: packaging, where the control does better in anything.</returns>
    public static TrialVerdict Judge(TrialObservation image, TrialObservation control)
    {
        BlameReason[] reasons = [.. TrialSuspicion.Of(image).Select(s => Compare(s, image, control))];
        BlameReason[] packaging = [.. reasons.Where(r => r.IsPackaging)];
        BlameReason[] app = [.. reasons.Where(r => !IsRefusal(r, image, control))];
        return packaging.Length > 0 ? new TrialVerdict(Culprit.Packaging, packaging)
            : app.Length > 0 ? new TrialVerdict(Culprit.App, app)
            : new TrialVerdict(Culprit.Nobody, reasons);
    }

    // One who has no key gets 401 from a service that works.
    private static bool IsRefusal(BlameReason reason, TrialObservation image, TrialObservation control) =>
        reason.Kind == SuspicionKind.Route
        && image.Routes.Concat(control.Routes).Where(r => r.Path == reason.Subject).All(r => r.Rank == 1)
        && control.Routes.Any(r => r.Path == reason.Subject);

    private static BlameReason Compare(TrialSuspicion suspicion, TrialObservation image, TrialObservation control)
    {
        (string seen, bool isBetter) = suspicion.Kind switch
        {
            SuspicionKind.PortClosed => Port(control),
            SuspicionKind.Route => Route(suspicion, image, control),
            SuspicionKind.Exception => Exception(suspicion, image, control),
            SuspicionKind.StopFailed => Stop(image, control),
            _ => End(suspicion, image, control),
        };
        return new BlameReason(suspicion.Kind, suspicion.Subject, suspicion.Text, IsSame(suspicion, image, control) ? suspicion.Text : seen, isBetter);
    }

    private static (string Seen, bool IsBetter) End(TrialSuspicion suspicion, TrialObservation image, TrialObservation control)
    {
        if (TrialSuspicion.EndOf(control) is not TrialSuspicion other)
        {
            return (Good(control), true);
        }

        // One that lives and waits, where the image dies of an exception, does better as far as it can be seen.
        bool livesOn = other.Kind == SuspicionKind.NeverReady && image.Exceptions.Count > 0 && control.Exceptions.Count == 0;
        return (other.Text, livesOn || (!IsSame(suspicion, image, control) && HasCauseOfItsOwn(image, control)));
    }

    private static (string Seen, bool IsBetter) Port(TrialObservation control) =>
        control.IsPortOpen == true ? ($"it opens port {control.Port}", true)
        : TrialSuspicion.EndOf(control) is TrialSuspicion end ? (end.Text, false)
        : ($"it opens no port {control.Port} either", false);

    private static (string Seen, bool IsBetter) Route(TrialSuspicion suspicion, TrialObservation image, TrialObservation control)
    {
        RouteAnswer answer = image.Routes.First(r => r.Path == suspicion.Subject);
        return control.Routes.FirstOrDefault(r => r.Path == suspicion.Subject) is RouteAnswer other
            ? ($"it {other}", other.Rank < answer.Rank)
            : (TrialSuspicion.EndOf(control)?.Text ?? "it could not be asked", false);
    }

    private static (string Seen, bool IsBetter) Exception(TrialSuspicion suspicion, TrialObservation image, TrialObservation control)
    {
        TrialSuspicion? end = TrialSuspicion.EndOf(control);
        if (control.Exceptions.Count == 0)
        {
            return end is { Kind: not SuspicionKind.NeverReady } ? (end.Text, false) : ("it reports none", true);
        }

        return (
            $"it reports {control.Exceptions.FirstOrDefault(e => e.Type == suspicion.Subject) ?? control.Exceptions[0]}",
            !IsSame(suspicion, image, control) && HasCauseOfItsOwn(image, control));
    }

    private static (string Seen, bool IsBetter) Stop(TrialObservation image, TrialObservation control) =>
        TrialSuspicion.StopFailed(control) ? ($"it ends {TrialJudge.Ending(control.ExitCode)}", image.ExitCode > 128 && control.ExitCode <= 128)
        : control.Stop is not null ? ("it ends as it should", true)
        : (TrialSuspicion.EndOf(control)?.Text ?? "it does not end", false);

    // Whether the control shows the very same. Messages are compared without what differs from run to run.
    private static bool IsSame(TrialSuspicion suspicion, TrialObservation image, TrialObservation control) => suspicion.Kind switch
    {
        SuspicionKind.PortClosed => control.IsPortOpen == false && TrialSuspicion.EndOf(control) is null,
        SuspicionKind.Route => control.Routes.FirstOrDefault(r => r.Path == suspicion.Subject)?.Status is int status
            && status == image.Routes.First(r => r.Path == suspicion.Subject).Status,
        SuspicionKind.Exception => image.Exceptions.Where(e => e.Type == suspicion.Subject).Select(FailureSignature.Of)
            .All(e => control.Exceptions.Select(FailureSignature.Of).Contains(e)),
        SuspicionKind.StopFailed => TrialSuspicion.StopFailed(control) && control.ExitCode == image.ExitCode,
        _ => TrialSuspicion.EndOf(control)?.Kind == suspicion.Kind && FailureSignature.OfEnd(image) == FailureSignature.OfEnd(control),
    };

    // Both fail, and not in the same way: the image for a reason that only packaging gives, and the control for another.
    private static bool HasCauseOfItsOwn(TrialObservation image, TrialObservation control) =>
        LikelyReason.Of(image.Words) is { IsPackaging: true } cause && LikelyReason.Of(control.Words)?.Kind != cause.Kind;

    private static string Good(TrialObservation control) => control.EndedItself ? "it ends with exit code 0" : "it runs";
}
