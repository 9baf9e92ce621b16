package org.spactor.runner.benchmark;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.spactor.engine.plan.Profile;

/**
 * What a benchmark measured; times are medians.
 *
 * @param forwardBackwardMs milliseconds of computing the gradients of a batch, summed over the replicas
 * @param stepMs milliseconds of a whole step, with clipping and optimizer
 * @param tokensPerSecond tokens of encoder and decoder in a second of whole steps
 * @param gflops matrix-product operations in a second of forward and backward, in thousand millions
 * @param matrixGflops the rate at which this machine multiplied matrices just before
 * @param matrixPrecision of the matrices that it multiplied for that
 * @param share gflops / matrixGflops
 * @param gflopPerStep matrix-product operations of a step, in thousand millions
 * @param megabytes parameters, gradients, optimizer and intermediate values
 * @param batchMs milliseconds of corrupting and batching on one thread, which runs ahead of the steps
 * @param replicas instances of the plan
 * @param threadsPerReplica threads that share the work of a replica
 * @param precision of the operands of matrix products
 * @param productLibrary what multiplies matrices
 * @param steps number of steps measured, each once forward and backward alone and once whole
 * @param profile where the first replica's time went in all of these
 */
@JsonPropertyOrder({"forward-backward-ms", "step-ms", "tokens-per-second", "gflops", "matrix-gflops", "share"})
public record BenchmarkResult(
        @JsonProperty("forward-backward-ms") double forwardBackwardMs,
        @JsonProperty("step-ms") double stepMs,
        @JsonProperty("tokens-per-second") long tokensPerSecond,
        @JsonProperty("gflops") double gflops,
        @JsonProperty("matrix-gflops") double matrixGflops,
        @JsonProperty("matrix-precision") String matrixPrecision,
        @JsonProperty("share") double share,
        @JsonProperty("gflop-per-step") double gflopPerStep,
        @JsonProperty("megabytes") long megabytes,
        @JsonProperty("batch-ms") double batchMs,
        @JsonProperty("replicas") int replicas,
        @JsonProperty("threads-per-replica") int threadsPerReplica,
        @JsonProperty("precision") String precision,
        @JsonProperty("product-library") String productLibrary,
        @JsonProperty("steps") int steps,
        @JsonIgnore List<Profile.Entry> profile) {}
