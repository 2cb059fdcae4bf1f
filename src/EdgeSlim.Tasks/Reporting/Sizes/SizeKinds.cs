namespace EdgeSlim.Reporting.Sizes;

/// <summary>What a part of an image can be.</summary>
public static class SizeKinds
{
    /// <summary>The image.</summary>
    public const string Image = "image";

    /// <summary>A program that was compiled ahead of time.</summary>
    public const string Executable = "executable";

    /// <summary>A file that holds others.</summary>
    public const string Bundle = "bundle";

    /// <summary>A file.</summary>
    public const string File = "file";

    /// <summary>A layer of the base image.</summary>
    public const string Layer = "layer";

    /// <summary>Code of the project and of those that it refers to.</summary>
    public const string Own = "own";

    /// <summary>Packages, or one of them.</summary>
    public const string Package = "package";

    /// <summary>The libraries of .NET.</summary>
    public const string Framework = "framework";

    /// <summary>What all managed code has in common.</summary>
    public const string Shared = "shared";

    /// <summary>An assembly.</summary>
    public const string Assembly = "assembly";

    /// <summary>A namespace.</summary>
    public const string Space = "namespace";

    /// <summary>A type.</summary>
    public const string Type = "type";

    /// <summary>A method.</summary>
    public const string Method = "method";

    /// <summary>Data of a type, or of all of them.</summary>
    public const string Data = "data";

    /// <summary>The runtime of .NET.</summary>
    public const string Runtime = "runtime";

    /// <summary>A library of native code.</summary>
    public const string Native = "native";

    /// <summary>An object file of a library.</summary>
    public const string ObjectFile = "object";

    /// <summary>What the file format and the linker need.</summary>
    public const string Format = "format";

    /// <summary>Bytes that are there to be passed over.</summary>
    public const string Padding = "padding";

    /// <summary>Files of the operating system.</summary>
    public const string System = "system";

    /// <summary>Bytes of which nothing is known but where they are.</summary>
    public const string Unknown = "unknown";

    /// <summary>Many small parts in one.</summary>
    public const string Rest = "rest";
}
