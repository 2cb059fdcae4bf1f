// Each test compiles for seconds, mostly on all processors: two at once fill the gaps, more would only wait for each other. Classes
// that share a published sample, or look at what is left on this machine, run alone, after the others.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.ClassLevel)]
