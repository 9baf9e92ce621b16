package org.spactor.api.graph;

import java.util.Objects;
import org.apiguardian.api.API;

/**
 * What {@link Graph#attention} attends with and to. Starts with queries, keys and values that see each other; the other
 * methods return a copy with one thing more.
 *
 * @param query [B, Tq, heads · d_kv]
 * @param key [B, Tk, heads · d_kv]
 * @param value [B, Tk, heads · d_kv]
 * @param heads number of heads
 * @param keyMask [B, Tk] INT: keys where it is 0 are seen by no query; null if all are seen. Tokens will do where {@code
 *     <pad>} is 0
 * @param bias [heads, Tq, Tk] added to the scores, or null
 * @param causal whether a query sees only the keys up to its own position
 * @param prefix [B, Tk] INT: with causal attention, keys where it is not 0 are seen by every query all the same; or null
 * @param dropout rate of dropout on the probabilities, in [0, 1)
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public record Attention(
        Value query,
        Value key,
        Value value,
        int heads,
        Value keyMask,
        Value bias,
        boolean causal,
        Value prefix,
        double dropout) {
    public Attention {
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        if (prefix != null && !causal) {
            throw new IllegalArgumentException("a prefix makes a difference to causal attention alone");
        }
    }

    /** Every query sees every key. */
    public static Attention of(Value query, Value key, Value value, int heads) {
        return new Attention(query, key, value, heads, null, null, false, null, 0);
    }

    /** The same without the keys where a mask is 0; null leaves all. */
    public Attention keyMask(Value mask) {
        return new Attention(query, key, value, heads, mask, bias, causal, prefix, dropout);
    }

    /** The same with something added to the scores; null adds nothing. */
    public Attention bias(Value added) {
        return new Attention(query, key, value, heads, keyMask, added, causal, prefix, dropout);
    }

    /** The same where a query sees only the keys up to its own position, if that is so. */
    public Attention causal(boolean only) {
        return new Attention(query, key, value, heads, keyMask, bias, only, prefix, dropout);
    }

    /** Causal attention in which every query sees the keys where a mask is not 0; null stands for causal attention alone. */
    public Attention causalBehind(Value mask) {
        return new Attention(query, key, value, heads, keyMask, bias, true, mask, dropout);
    }

    /** The same with dropout on the probabilities. */
    public Attention dropout(double rate) {
        return new Attention(query, key, value, heads, keyMask, bias, causal, prefix, rate);
    }
}
