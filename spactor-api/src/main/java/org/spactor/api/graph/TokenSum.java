package org.spactor.api.graph;

import org.apiguardian.api.API;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A sum over tokens and how many tokens it is over. Kept apart because the mean is taken over the whole batch, which may
 * be spread over replicas and micro-batches.
 *
 * @param sum [] FLOAT, for instance cross-entropy in nats
 * @param count [] FLOAT, number of tokens counted; must be a function of the batch's features alone
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record TokenSum(SDVariable sum, SDVariable count) {}
