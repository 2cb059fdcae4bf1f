// Each test runs programs that use all processors for seconds, and ./test runs another project beside this one.
[assembly: Parallelize(Workers = 1, Scope = ExecutionScope.ClassLevel)]
