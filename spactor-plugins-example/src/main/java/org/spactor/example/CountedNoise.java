package org.spactor.example;

import org.spactor.api.corruption.NoiseMask;

/** Noise of which there is always the same amount in segments of a length. */
interface CountedNoise extends NoiseMask {
    /** Number of noise tokens in a segment of so many tokens. */
    int tokens(int length);

    /** The greatest number of spans that they are in. */
    int spans(int length);

    @Override
    default Bounds bounds(int length) {
        return Bounds.exactly(length, tokens(length), spans(length));
    }
}
