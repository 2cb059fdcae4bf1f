using EdgeSlim.Tests;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;

if (args is not [string project, string recording, .. string[] options])
{
    Console.Error.WriteLine("EdgeSlim.Publishing PROJECT RECORDING [NAME=VALUE...]");
    return 2;
}

// What 'dotnet publish' hands to MSBuild.
Dictionary<string, string> properties = new()
{
    ["Configuration"] = "Release",
    ["_IsPublishing"] = "true",
};
foreach (string option in options)
{
    string[] parts = option.Split('=', 2);
    properties[parts[0]] = parts[1];
}

if (!Run(InProcessBuild.Evaluate(project, new Dictionary<string, string>(properties) { ["MSBuildRestoreSessionId"] = Guid.NewGuid().ToString() }), "Restore"))
{
    return 1;
}

// The checks before a build run wherever the recording is used: what they find out is no part of it.
ProjectInstance before = InProcessBuild.Evaluate(project, properties);
ProjectInstance after = before.DeepCopy(isImmutable: false);
if (!Run(before, "BeforeBuild") || !Run(after, "Publish"))
{
    return 1;
}

// The file is there when everything else is.
PublishOutput.Of(before, after).Save(recording + ".tmp");
File.Move(recording + ".tmp", recording, overwrite: true);
return 0;

static bool Run(ProjectInstance project, string target)
{
    (bool succeeded, string output) = InProcessBuild.Run(project, [target], LoggerVerbosity.Minimal, new Dictionary<string, string?>());
    Console.WriteLine(output);
    return succeeded;
}
