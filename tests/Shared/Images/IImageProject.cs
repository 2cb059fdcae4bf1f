namespace EdgeSlim.Tests;

/// <summary>A project that a test makes images of.</summary>
internal interface IImageProject
{
    /// <summary>The folder of EdgeSlim's output.</summary>
    string EdgeFolder { get; }

    /// <summary>What the image is called.</summary>
    string ImageName { get; }

    /// <summary>Makes the image.</summary>
    /// <param name="arguments">Properties: <c>-p:NAME=VALUE</c>.</param>
    CommandResult EdgeImage(params string[] arguments);
}
