/** JMH benchmarks of the engine's kernels. How to run them is in docs/performance.md. */
package org.spactor.benchmarks;
