// Each test compiles for seconds on all processors; side by side they would only wait for each other.
[assembly: DoNotParallelize]
