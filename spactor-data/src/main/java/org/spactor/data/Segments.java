package org.spactor.data;

/** An endless sequence of raw segments of one length, each a pure function of its index. */
public interface Segments {
    /** Number of tokens in a segment. */
    int segmentLength();

    /**
     * One segment.
     *
     * @param index from 0
     * @return as many tokens as a segment has
     */
    int[] segment(long index);
}
