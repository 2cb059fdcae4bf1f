// Each test runs programs that use all processors for seconds: two classes at once fill the gaps, more would only wait for each other.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.ClassLevel)]
