// More than the processors: a test may wait for an application that is being published.
[assembly: Parallelize(Workers = 4, Scope = ExecutionScope.MethodLevel)]
