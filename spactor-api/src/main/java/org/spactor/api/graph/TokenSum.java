package org.spactor.api.graph;

import org.apiguardian.api.API;

/**
 * A sum over tokens and how many tokens it is over. Kept apart because the mean is taken over the whole batch, which may
 * be spread over replicas and micro-batches.
 *
 * @param sum [] FLOAT, for instance cross-entropy in nats
 * @param count [] FLOAT, number of tokens counted; of a loss it must be a function of the batch's features alone
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TokenSum(Value sum, Value count) {}
