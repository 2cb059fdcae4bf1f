namespace EdgeSlim.Inputs;

/// <summary>What a project is made of once it is evaluated.</summary>
/// <param name="Properties">The properties, those of the environment among them.</param>
/// <param name="Items">The items.</param>
/// <param name="Files">The project's file and all that it imports.</param>
internal sealed record ProjectContent(
    IEnumerable<KeyValuePair<string, string>> Properties, IEnumerable<ProjectItem> Items, IEnumerable<string> Files);

/// <summary>An item.</summary>
/// <param name="Kind">Its name, such as <c>Compile</c>.</param>
/// <param name="Include">What it includes.</param>
/// <param name="Metadata">Its metadata.</param>
internal sealed record ProjectItem(string Kind, string Include, IEnumerable<KeyValuePair<string, string>> Metadata);
