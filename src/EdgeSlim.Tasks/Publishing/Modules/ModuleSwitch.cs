using EdgeSlim.Diagnostics;

namespace EdgeSlim.Publishing.Modules;

/// <summary>What a file says of one module.</summary>
/// <param name="Name">The module's name.</param>
/// <param name="IsEnabled">Whether it is on.</param>
/// <param name="Location">Where that stands.</param>
public sealed record ModuleSwitch(string Name, bool IsEnabled, SourceLocation Location);
