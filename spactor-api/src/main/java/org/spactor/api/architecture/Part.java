package org.spactor.api.architecture;

import org.apiguardian.api.API;

/**
 * A sub-network that an {@link Architecture} can offer and an objective can need. Those of the API are {@link Encoder},
 * {@link Decoder}, {@link CausalDecoder} and {@link TokenGenerator}; a plugin whose objective and architecture agree on
 * another one declares an interface of its own.
 *
 * <p>Every method that builds may be called in any number of graphs, and several times in one; {@link
 * org.spactor.api.graph.Graph#parameter} gives the same parameter for the same name, so that sub-networks built by
 * separate calls share it.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public interface Part {}
