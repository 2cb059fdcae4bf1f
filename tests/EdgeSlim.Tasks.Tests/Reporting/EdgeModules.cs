/// <summary>As EdgeSlim writes it into an application with modules.</summary>
internal static class EdgeModules
{
    internal static bool LogCollector => AppContext.TryGetSwitch("EdgeModules.LogCollector", out bool isOn) && isOn;

    internal static bool Sampler => AppContext.TryGetSwitch("EdgeModules.Sampler", out bool isOn) && isOn;
}
