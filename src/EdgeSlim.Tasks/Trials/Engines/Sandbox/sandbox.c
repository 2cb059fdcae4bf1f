/*
 * Confines itself, then becomes the application: what runc does, for machines without it.
 *
 *   sandbox FOLDER       runs the steps that it reads from its standard input; FOLDER holds the image's files in 'rootfs'
 *   sandbox --probe      exits with 0 where this machine has user namespaces
 *
 * A step is its name, how many arguments it has, and these, each ended by a zero byte. SandboxSteps.cs writes them and decides all there is to
 * decide; this file only does it. It has one thread, because the kernel wants that of a process that enters a user namespace,
 * and it needs no library, because none of this machine's can be loaded once the image's files are the root.
 *
 * Everything within the image is made after the image's files have become the root: no link in the image leads to this machine.
 */

typedef long word;
typedef unsigned long size;

#if defined(__x86_64__)
enum {
    NR_read = 0, NR_write = 1, NR_close = 3, NR_nanosleep = 35, NR_getpid = 39, NR_clone = 56, NR_execve = 59, NR_wait4 = 61,
    NR_chdir = 80, NR_fchdir = 81, NR_umask = 95, NR_setgroups = 116, NR_setresuid = 117, NR_setresgid = 119, NR_capset = 126,
    NR_pivot_root = 155, NR_prctl = 157, NR_mount = 165, NR_umount2 = 166, NR_sethostname = 170, NR_exit_group = 231,
    NR_openat = 257, NR_mkdirat = 258, NR_renameat = 264, NR_symlinkat = 266, NR_readlinkat = 267, NR_faccessat = 269,
    NR_unshare = 272, NR_dup3 = 292, NR_pipe2 = 293, NR_seccomp = 317,
};
enum { O_DIRECTORY = 0200000 };

static word call(word number, word a, word b, word c, word d, word e)
{
    word result;
    register word r10 __asm__("r10") = d;
    register word r8 __asm__("r8") = e;
    __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8) : "rcx", "r11", "memory");
    return result;
}

__asm__(".globl _start\n_start: xor %ebp, %ebp\n mov %rsp, %rdi\n and $-16, %rsp\n call start\n");
#elif defined(__aarch64__)
enum {
    NR_dup3 = 24, NR_mkdirat = 34, NR_symlinkat = 36, NR_renameat = 38, NR_umount2 = 39, NR_mount = 40, NR_pivot_root = 41,
    NR_faccessat = 48, NR_chdir = 49, NR_fchdir = 50, NR_openat = 56, NR_close = 57, NR_pipe2 = 59, NR_read = 63, NR_write = 64,
    NR_readlinkat = 78, NR_capset = 91, NR_exit_group = 94, NR_unshare = 97, NR_nanosleep = 101, NR_setresuid = 147,
    NR_setresgid = 149, NR_setgroups = 159, NR_sethostname = 161, NR_umask = 166, NR_prctl = 167, NR_getpid = 172,
    NR_clone = 220, NR_execve = 221, NR_wait4 = 260, NR_seccomp = 277,
};
enum { O_DIRECTORY = 040000 };

static word call(word number, word a, word b, word c, word d, word e)
{
    register word x8 __asm__("x8") = number;
    register word x0 __asm__("x0") = a;
    register word x1 __asm__("x1") = b;
    register word x2 __asm__("x2") = c;
    register word x3 __asm__("x3") = d;
    register word x4 __asm__("x4") = e;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
    return x0;
}

__asm__(".globl _start\n_start: mov x29, #0\n mov x0, sp\n bl start\n");
#else
#error "The system calls of this processor are not known here."
#endif

/* The same on both processors. */
enum { NR_open_tree = 428, NR_move_mount = 429 };
enum { AT_FDCWD = -100, AT_EMPTY_PATH = 0x1000, AT_RECURSIVE = 0x8000 };
enum { O_WRONLY = 1, O_CREAT = 0100, O_NONBLOCK = 04000, O_PATH = 010000000, O_CLOEXEC = 02000000 };
enum { OPEN_TREE_CLONE = 1, OPEN_TREE_CLOEXEC = 02000000, MOVE_MOUNT_F_EMPTY_PATH = 4 };
enum { MS_RDONLY = 1, MS_NOSUID = 2, MS_NODEV = 4, MS_NOEXEC = 8, MS_REMOUNT = 32, MS_BIND = 4096, MS_REC = 16384, MS_PRIVATE = 1 << 18 };
enum { MNT_DETACH = 2 };
enum {
    CLONE_NEWNS = 0x20000, CLONE_NEWUTS = 0x4000000, CLONE_NEWIPC = 0x8000000, CLONE_NEWUSER = 0x10000000,
    CLONE_NEWPID = 0x20000000, CLONE_NEWNET = 0x40000000,
};
enum { PR_SET_PDEATHSIG = 1, PR_CAPBSET_DROP = 24, PR_SET_NO_NEW_PRIVS = 38, PR_CAP_AMBIENT = 47, PR_CAP_AMBIENT_CLEAR_ALL = 4 };
enum { SECCOMP_SET_MODE_FILTER = 1, SIGKILL = 9, SIGCHLD = 17 };
enum {
    EPERM = 1, ENOENT = 2, ENOEXEC = 8, EACCES = 13, EEXIST = 17, ENOTDIR = 20, EINVAL = 22, ENOSPC = 28, EROFS = 30, ENOSYS = 38,
    ELOOP = 40,
};
enum { LONGEST_SPEC = 1 << 20, LONGEST_PATH = 4096, MOST_ITEMS = 4096, MOST_LINKS = 16 };

#define SYS(name, ...) SYS_(name, __VA_ARGS__, 0, 0, 0, 0, 0)
#define SYS_(name, a, b, c, d, e, ...) call(NR_##name, (word)(a), (word)(b), (word)(c), (word)(d), (word)(e))

static char spec[LONGEST_SPEC + 1];
static size spec_length;
static int notes; /* the write end of a pipe to the parent; 0 in the parent */

void *memset(void *to, int value, size count)
{
    for (char *p = to; count > 0; count--) *p++ = (char)value;
    return to;
}

void *memcpy(void *to, const void *from, size count)
{
    char *t = to;
    for (const char *f = from; count > 0; count--) *t++ = *f++;
    return to;
}

static size length(const char *text)
{
    size n = 0;
    while (text[n]) n++;
    return n;
}

static int equal(const char *a, const char *b)
{
    while (*a && *a == *b) a++, b++;
    return *a == *b;
}

static char *append(char *to, const char *text)
{
    while (*text) *to++ = *text++;
    *to = 0;
    return to;
}

static char *append_number(char *to, size value)
{
    char digits[24];
    int n = 0;
    do digits[n++] = (char)('0' + value % 10); while (value /= 10);
    while (n) *to++ = digits[--n];
    *to = 0;
    return to;
}

static size number(const char *text)
{
    size value = 0;
    while (*text >= '0' && *text <= '9') value = value * 10 + (size)(*text++ - '0');
    return value;
}

static void say(const char *text) { SYS(write, 2, text, length(text)); }

static const char *describe(word error)
{
    switch (-error) {
        case EPERM: return "Operation not permitted";
        case ENOENT: return "No such file or directory";
        case ENOEXEC: return "Exec format error";
        case EACCES: return "Permission denied";
        case EEXIST: return "File exists";
        case ENOTDIR: return "Not a directory";
        case EINVAL: return "Invalid argument";
        case ENOSPC: return "No space left on device";
        case EROFS: return "Read-only file system";
        case ENOSYS: return "Function not implemented: Linux 5.2 is the oldest that has it";
        case ELOOP: return "Too many levels of symbolic links";
        default: return 0;
    }
}

/* Ends with one line, such as "cannot mount /data: Not a directory", and a code as shells and engines have it. */
static void fail(const char *what, const char *name, word error)
{
    char line[LONGEST_PATH + 256], *end = append(append(line, "cannot "), what);
    if (length(name) < LONGEST_PATH) end = append(append(end, " "), name);
    const char *text = describe(error);
    end = text ? append(append(end, ": "), text) : append_number(append(end, ": error "), (size)-error);
    append(end, "\n");
    say(line);
    SYS(exit_group, !equal(what, "start") ? 125 : error == -ENOENT ? 127 : 126);
}

static word check(word result, const char *what, const char *name)
{
    if (result < 0) fail(what, name, result);
    return result;
}

struct step {
    const char *name, *first, *second, *third, *fourth;
};

static const char *read_text(const char **at)
{
    const char *text = *at;
    *at += length(text) + 1;
    return text;
}

/* The next step; 0 after the last. A step says how many arguments it has, so that no argument is taken for a step. */
static int read_step(const char **at, struct step *step)
{
    const char *arguments[4] = { "", "", "", "" };
    if (*at >= spec + spec_length) return 0;
    step->name = read_text(at);
    size count = number(read_text(at));
    for (size i = 0; i < count; i++) {
        const char *argument = read_text(at);
        if (i < 4) arguments[i] = argument;
    }

    step->first = arguments[0];
    step->second = arguments[1];
    step->third = arguments[2];
    step->fourth = arguments[3];
    return 1;
}

static int is(const struct step *step, const char *name) { return equal(step->name, name); }

/* Makes the folders of a path, and those that dangling links on the way name, as an engine does. */
static void make_folders(const char *path, int links)
{
    char prefix[LONGEST_PATH], target[LONGEST_PATH], real[LONGEST_PATH];
    if (length(path) >= LONGEST_PATH || links > MOST_LINKS) fail("make the folder", path, -EINVAL);
    for (size n = 1; n <= length(path); n++) {
        if (path[n] != '/' && path[n]) continue;
        memcpy(prefix, path, n);
        prefix[n] = 0;
        word made = SYS(mkdirat, AT_FDCWD, prefix, 0755);
        if (made != -EEXIST) {
            check(made, "make the folder", prefix);
            continue;
        }

        word folder = SYS(openat, AT_FDCWD, prefix, O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (folder == -ENOENT) {
            word count = check(SYS(readlinkat, AT_FDCWD, prefix, target, sizeof target - 1), "read the link", prefix);
            target[count] = 0;
            size above = 0;
            if (target[0] != '/') {
                for (size i = 0; prefix[i]; i++) if (prefix[i] == '/') above = i + 1;
                memcpy(real, prefix, above);
            }

            if (above + (size)count >= LONGEST_PATH) fail("read the link", prefix, -EINVAL);
            append(real + above, target);
            make_folders(real, links + 1);
            continue;
        }

        SYS(close, check(folder, "open the folder", prefix));
    }
}

/* A folder or an empty file to mount on. */
static void make_target(const char *path, const char *kind)
{
    if (equal(kind, "folder")) {
        make_folders(path, 0);
        return;
    }

    char above[LONGEST_PATH];
    size last = 0;
    if (length(path) >= LONGEST_PATH) fail("make the file", path, -EINVAL);
    for (size n = 0; path[n]; n++) if (path[n] == '/') last = n;
    memcpy(above, path, last);
    above[last] = 0;
    if (last > 0) make_folders(above, 0);
    if (SYS(faccessat, AT_FDCWD, path, 0) == 0) return;
    SYS(close, check(SYS(openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0644), "make the file", path));
}

static void write_file(const char *path, const char *text)
{
    word file = check(SYS(openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC), "open", path);
    check(SYS(write, file, text, length(text)), "write", path);
    SYS(close, file);
}

/* Root of the namespace is a user that this machine does not have; all others stay who they are. */
static void map_users(word child, const char *file, size root)
{
    char path[64], map[192], *end;
    append(append(append_number(append(path, "/proc/"), (size)child), "/"), file);
    end = append(append_number(append(map, "0 "), root), " 1\n");
    end = append(append_number(append(end, "1 1 "), root - 1), "\n");
    end = append_number(append(append_number(end, root + 1), " "), root + 1);
    append(append_number(append(end, " "), 0xffffffffUL - root - 1), "\n");
    write_file(path, map);
}

/* The mounts of this machine that the image gets, opened while they can still be named. */
static void open_sources(int *sources)
{
    struct step step;
    int count = 0;
    for (const char *at = spec; read_step(&at, &step);) {
        if (!is(&step, "bind")) continue;
        if (count == MOST_ITEMS) fail("mount", step.first, -EINVAL);
        sources[count++] = (int)check(
            SYS(open_tree, AT_FDCWD, step.first, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE), "open", step.first);
    }
}

static word flags(const char *text)
{
    word result = 0;
    for (; *text; text++)
        result |= *text == 'r' ? MS_RDONLY : *text == 's' ? MS_NOSUID : *text == 'd' ? MS_NODEV : *text == 'x' ? MS_NOEXEC : 0;
    return result;
}

/* Covers a file of the kernel's. What is not there needs no cover. */
static void hide(const char *path)
{
    word folder = SYS(openat, AT_FDCWD, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        check(SYS(mount, "tmpfs", path, "tmpfs", MS_RDONLY), "hide", path);
        SYS(close, folder);
    } else if (SYS(faccessat, AT_FDCWD, path, 0) == 0) {
        word mask = check(SYS(open_tree, AT_FDCWD, "/dev/null", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC), "open", "/dev/null");
        check(SYS(move_mount, mask, "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH), "hide", path);
        SYS(close, mask);
    }
}

static void enter_root(const char *folder)
{
    char root[LONGEST_PATH];
    if (length(folder) + 8 >= LONGEST_PATH) fail("open", folder, -EINVAL);
    append(append(root, folder), "/rootfs");
    check(SYS(unshare, CLONE_NEWNS), "make a mount namespace for", folder);
    check(SYS(mount, "none", "/", 0, MS_REC | MS_PRIVATE), "change the mount", "/");
    word tree = check(SYS(open_tree, AT_FDCWD, root, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC), "open", root);
    check(SYS(move_mount, tree, "", AT_FDCWD, root, MOVE_MOUNT_F_EMPTY_PATH), "mount", root);
    check(SYS(fchdir, tree), "enter", root);
    check(SYS(pivot_root, ".", "."), "change the root to", root);
    check(SYS(umount2, ".", MNT_DETACH), "unmount", "the old root");
    check(SYS(chdir, "/"), "enter", "/");
    SYS(close, tree);
}

/* Within the image from here on. */
static void do_steps(const int *sources)
{
    struct step step;
    for (const char *at = spec; read_step(&at, &step);) {
        if (is(&step, "bind")) {
            /* bind SOURCE TARGET folder|file FLAGS */
            const char *target = step.second;
            make_target(target, step.third);
            check(SYS(move_mount, *sources++, "", AT_FDCWD, target, MOVE_MOUNT_F_EMPTY_PATH), "mount", target);
            if (*step.fourth) check(SYS(mount, "none", target, 0, MS_REMOUNT | MS_BIND | flags(step.fourth)), "mount", target);
        } else if (is(&step, "mount")) {
            /* mount TYPE TARGET FLAGS DATA */
            make_folders(step.second, 0);
            check(SYS(mount, step.first, step.second, step.first, flags(step.third), step.fourth), "mount", step.second);
        } else if (is(&step, "link")) {
            check(SYS(symlinkat, step.first, AT_FDCWD, step.second), "link", step.second);
        } else if (is(&step, "folder")) {
            make_folders(step.first, 0);
        } else if (is(&step, "hide")) {
            hide(step.first);
        } else if (is(&step, "protect")) {
            if (SYS(faccessat, AT_FDCWD, step.first, 0) != 0) continue;
            check(SYS(mount, step.first, step.first, 0, MS_BIND | MS_REC), "protect", step.first);
            check(SYS(mount, "none", step.first, 0, MS_REMOUNT | MS_BIND | flags("rsdx")), "protect", step.first);
        } else if (is(&step, "protect-root")) {
            /* Nothing more can be made in it. */
            check(SYS(mount, "none", "/", 0, MS_REMOUNT | MS_BIND | flags("rsd")), "protect", "/");
        } else if (is(&step, "host")) {
            check(SYS(sethostname, step.first, length(step.first)), "name the host", step.first);
        }
    }
}

static void note(char letter)
{
    check(SYS(write, notes, &letter, 1), "write", "to the parent");
}

static void drop_rights(void)
{
    static unsigned groups[MOST_ITEMS];
    struct step step;
    const char *filter = "";
    size user = 0, group = 0;
    int count = 0;
    for (const char *at = spec; read_step(&at, &step);) {
        if (is(&step, "user")) user = number(step.first);
        else if (is(&step, "group")) group = number(step.first);
        else if (is(&step, "other-group")) {
            if (count == MOST_ITEMS) fail("set", "so many groups", -EINVAL);
            groups[count++] = (unsigned)number(step.first);
        }
        else if (is(&step, "filter")) filter = step.first;
    }

    for (word capability = 0; SYS(prctl, PR_CAPBSET_DROP, capability) == 0; capability++) { }
    check(SYS(setgroups, count, groups), "set the groups", "");
    check(SYS(setresgid, group, group, group), "set the group", "");
    check(SYS(setresuid, user, user, user), "set the user", "");
    SYS(prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL);
    struct { unsigned version; int process; } header = { 0x20080522, 0 };
    unsigned none[6] = { 0 };
    check(SYS(capset, &header, none), "drop the capabilities", "");

    /* The change of user took it away. */
    check(SYS(prctl, PR_SET_PDEATHSIG, SIGKILL), "die with the parent", "");
    check(SYS(prctl, PR_SET_NO_NEW_PRIVS, 1), "set", "no-new-privileges");

    /* Eight bytes an instruction, as hexadecimal digits. */
    static char program[1 << 15];
    size bytes = 0;
    for (; filter[0] && filter[1] && bytes < sizeof program; filter += 2) {
        int high = filter[0] <= '9' ? filter[0] - '0' : filter[0] - 'a' + 10;
        int low = filter[1] <= '9' ? filter[1] - '0' : filter[1] - 'a' + 10;
        program[bytes++] = (char)(high << 4 | low);
    }

    struct { unsigned short count; char *instructions; } all = { (unsigned short)(bytes / 8), program };
    check(SYS(seccomp, SECCOMP_SET_MODE_FILTER, 0, &all), "set", "the system call filter");
}

static void become(void)
{
    static const char *arguments[MOST_ITEMS + 1], *variables[MOST_ITEMS + 1];
    struct step step;
    const char *folder = "/", *path = "";
    int count = 0, of = 0;
    for (const char *at = spec; read_step(&at, &step);) {
        if (count == MOST_ITEMS || of == MOST_ITEMS) fail("start", "a program with so many arguments or variables", -EINVAL);
        if (is(&step, "argument")) arguments[count++] = step.first;
        else if (is(&step, "variable")) variables[of++] = step.first;
        else if (is(&step, "path")) path = step.first;
        else if (is(&step, "enter")) folder = step.first;
    }

    if (count == 0) fail("start", "the image: it names no program", -ENOENT);
    check(SYS(chdir, folder), "enter", folder);
    SYS(dup3, check(SYS(openat, AT_FDCWD, "/dev/null", 0), "open", "/dev/null"), 0, 0);
    const char *name = arguments[0];
    word error = -ENOENT;
    for (size n = 0; name[n]; n++)
        if (name[n] == '/') fail("start", name, SYS(execve, name, arguments, variables));
    while (*path) {
        char program[LONGEST_PATH], *to = program;
        size n = 0;
        while (path[n] && path[n] != ':') n++;
        if (n + length(name) + 2 < LONGEST_PATH) {
            memcpy(program, path, n);
            append(append(to + n, "/"), name);
            word result = SYS(execve, program, arguments, variables);
            if (result != -ENOENT) error = result;
        }

        path += n + (path[n] == ':');
    }

    fail("start", name, error);
}

/* Waits for the file 'go', or until the folder is taken away. */
static void wait_for_gate(word folder)
{
    struct { word seconds, nanoseconds; } pause = { 0, 2000000 };
    while (SYS(faccessat, folder, "go", 0) != 0) {
        if (SYS(faccessat, folder, "rootfs", 0) != 0) SYS(exit_group, 125);
        SYS(nanosleep, &pause, 0);
    }
}

static void child(const char *folder_name, word folder, int answers, const int *sources, int has_users)
{
    char letter;
    check(SYS(prctl, PR_SET_PDEATHSIG, SIGKILL), "die with the parent", "");
    SYS(umask, 022);
    enter_root(folder_name);
    do_steps(sources);
    note('r');
    wait_for_gate(folder);
    if (has_users) {
        check(SYS(unshare, CLONE_NEWUSER), "make", "a user namespace");
        note('u');
        if (SYS(read, answers, &letter, 1) != 1) SYS(exit_group, 125);
    }

    drop_rights();
    become();
}

static void enter_groups(void)
{
    struct step step;
    char path[LONGEST_PATH + 16];
    for (const char *at = spec; read_step(&at, &step);) {
        if (!is(&step, "cgroup") || length(step.first) >= LONGEST_PATH) continue;
        append(append(path, step.first), "/cgroup.procs");
        write_file(path, "0");
    }
}

static int ended(word process)
{
    int status = 0;
    check(SYS(wait4, process, &status, 0, 0), "wait for", "the application");
    return status & 0x7f ? 128 + (status & 0x7f) : status >> 8 & 0xff;
}

static word spawn(void) { return check(SYS(clone, SIGCHLD), "start", "a process"); }

/* Whether a process of this machine's root can enter a user namespace, with the users of the trial. */
static int probe(void)
{
    int ready[2], go[2];
    char letter = 0;
    if (SYS(pipe2, ready, 0) < 0 || SYS(pipe2, go, 0) < 0) return 1;
    word process = SYS(clone, SIGCHLD);
    if (process < 0) return 1;
    if (process == 0) {
        letter = SYS(unshare, CLONE_NEWUSER) < 0 ? 'n' : 'y';
        SYS(write, ready[1], &letter, 1);
        SYS(read, go[0], &letter, 1);
        SYS(exit_group, letter == 'g' && SYS(setresuid, 0, 0, 0) == 0 ? 0 : 1);
    }

    SYS(read, ready[0], &letter, 1);
    if (letter == 'y') {
        map_users(process, "gid_map", number(spec));
        map_users(process, "uid_map", number(spec));
        letter = 'g';
    }

    SYS(write, go[1], &letter, 1);
    return ended(process);
}

__attribute__((used)) void start(word *stack)
{
    static int sources[MOST_ITEMS];
    char **arguments = (char **)(stack + 1);
    if (stack[0] != 2) {
        say("usage: sandbox FOLDER\n");
        SYS(exit_group, 125);
    }

    for (word count; (count = check(SYS(read, 0, spec + spec_length, LONGEST_SPEC - spec_length), "read", "the steps")) > 0;)
        spec_length += (size)count;
    if (spec_length == LONGEST_SPEC) fail("read", "the steps", -EINVAL);
    if (equal(arguments[1], "--probe")) SYS(exit_group, probe());

    word namespaces = CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS;
    size root = 0;
    struct step step;
    for (const char *at = spec; read_step(&at, &step);) {
        if (is(&step, "users")) root = number(step.first);
        else if (is(&step, "no-network")) namespaces |= CLONE_NEWNET;
    }

    word folder = check(SYS(openat, AT_FDCWD, arguments[1], O_PATH | O_DIRECTORY | O_CLOEXEC), "open", arguments[1]);
    int up[2], down[2];
    check(SYS(pipe2, up, O_CLOEXEC), "make", "a pipe");
    check(SYS(pipe2, down, O_CLOEXEC), "make", "a pipe");
    enter_groups();
    open_sources(sources);
    check(SYS(unshare, namespaces), "make", "namespaces");
    word process = spawn();
    if (process == 0) {
        SYS(close, down[1]);
        notes = up[1];
        child(arguments[1], folder, down[0], sources, root != 0);
    }

    SYS(close, up[1]);
    for (char letter; SYS(read, up[0], &letter, 1) == 1;) {
        if (letter == 'r') {
            char id[32];
            append_number(id, (size)process);
            word file = check(SYS(openat, folder, "process.new", O_WRONLY | O_CREAT | O_CLOEXEC, 0600), "write", "the process");
            check(SYS(write, file, id, length(id)), "write", "the process");
            SYS(close, file);
            check(SYS(renameat, folder, "process.new", folder, "process"), "write", "the process");
        } else if (letter == 'u') {
            map_users(process, "gid_map", root);
            map_users(process, "uid_map", root);
            check(SYS(write, down[1], &letter, 1), "write", "to the child");
        }
    }

    SYS(exit_group, ended(process));
}
