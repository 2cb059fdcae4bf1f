namespace EdgeSlim.Tests;

/// <summary>A base image with musl, made of Debian's packages with umoci.</summary>
internal static class MuslBase
{
    // Debian has no C++ library for musl. Its own is made for glibc, of which musl lacks these; Alpine's own needs none.
    private const string Compatibility =
        """
        #include <locale.h>
        #include <stddef.h>
        #include <time.h>
        #include <unistd.h>
        char __libc_single_threaded = 0;
        unsigned __cpu_model[4];
        int __cpu_indicator_init(void) { return 0; }
        int _dl_find_object(void *address, void *result) { return -1; }
        unsigned arc4random(void) { unsigned value = 0; getentropy(&value, sizeof value); return value; }
        size_t __strftime_l(char *s, size_t n, const char *format, const struct tm *time, locale_t locale)
        { return strftime_l(s, n, format, time, locale); }
        int __cxa_atexit(void (*)(void *), void *, void *);
        int __cxa_thread_atexit_impl(void (*f)(void *), void *argument, void *library) { return __cxa_atexit(f, argument, library); }
        """;

    /// <summary>Makes it.</summary>
    /// <param name="layout">The folder of the image layout.</param>
    public static void Create(string layout)
    {
        Command.Require("umoci", "umoci");
        Command.Require("musl-gcc", "musl-tools");
        using TemporaryFolder files = new();
        Install("/usr/lib/x86_64-linux-musl/libc.so", files["root/lib/ld-musl-x86_64.so.1"]);
        File.CreateSymbolicLink(files["root/lib/libc.musl-x86_64.so.1"], "ld-musl-x86_64.so.1");
        Install("/usr/lib/x86_64-linux-gnu/libstdc++.so.6", files["root/usr/lib/libstdc++.so.6"]);
        Install("/lib/x86_64-linux-gnu/libgcc_s.so.1", files["root/usr/lib/libgcc_s.so.1"]);
        files.Write("compatibility.c", Compatibility);
        Command.Run(
            files.Path, "musl-gcc", "-shared", "-fPIC", "-nostdlib", "-D_GNU_SOURCE", "-Wl,-soname,ld-linux-x86-64.so.2",
            "-o", "root/lib/ld-linux-x86-64.so.2", "compatibility.c").Succeeds();
        files.Write("root/etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1654:1654::/home/app:/bin/sh\n");
        Directory.CreateDirectory(files["root/tmp"]);
        Command.Run("/", "umoci", "init", "--layout", layout).Succeeds();
        Command.Run("/", "umoci", "new", "--image", $"{layout}:base").Succeeds();
        Command.Run("/", "umoci", "insert", "--image", $"{layout}:base", files["root"], "/").Succeeds();
        Command.Run("/", "umoci", "config", "--image", $"{layout}:base", "--config.env", "APP_UID=1654").Succeeds();
    }

    private static void Install(string source, string target) =>
        Command.Run("/", "install", "-D", "-m", "755", source, target).Succeeds();
}
