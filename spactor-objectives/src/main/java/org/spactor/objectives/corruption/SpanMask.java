package org.spactor.objectives.corruption;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.spactor.api.corruption.NoiseMask;
import org.spactor.api.corruption.Segment;

/**
 * T5's random spans. For a segment of L ≥ 2 tokens, noise density ρ and mean span length μ:
 *
 * <ul>
 *   <li>noise tokens n = clip(round(L·ρ), 1, L − 1);
 *   <li>spans s = min(max(round(n / μ), 1), L − n);
 *   <li>the n noise tokens are divided into s spans, and the L − n others into s spans, each division into non-empty
 *       spans being equally likely and the two independent;
 *   <li>the spans alternate, the first not noise, the last noise.
 * </ul>
 *
 * <p>A segment of one token is kept as it is: its mask is that of two tokens, cut to the first.
 *
 * <p>{@code round} goes to the nearest integer and from a half to the even one, in double precision, as in T5's {@code
 * random_spans_helper}, which decides the lengths. (T5 draws its masks in single precision, which makes one noise token
 * more or less where L·ρ is a half, for instance at 190 tokens.)
 *
 * <p>T5 does not bound s by L − n: it fails where there are fewer tokens to keep than spans, which takes ρ/μ above
 * 1 − ρ. Here such a segment gets fewer, longer spans.
 *
 * <p>Source: Raffel et al., <i>Exploring the limits of transfer learning with a unified text-to-text transformer</i>
 * (2020), section 3.3.4; T5, {@code t5/data/preprocessors.py}: {@code random_spans_noise_mask}.
 *
 * @param noiseDensity share of the tokens that is noise, in (0, 1)
 * @param meanSpanLength mean number of tokens in a span of noise, at least 1
 */
public record SpanMask(double noiseDensity, double meanSpanLength) implements NoiseMask {
    public SpanMask {
        if (!(noiseDensity > 0 && noiseDensity < 1)) {
            throw new IllegalArgumentException("a noise density must be within (0, 1), but is " + noiseDensity);
        }
        if (!(meanSpanLength >= 1 && Double.isFinite(meanSpanLength))) {
            throw new IllegalArgumentException("a mean span length must be within [1, inf), but is " + meanSpanLength);
        }
    }

    @Override
    public boolean[] draw(Segment segment, RandomGenerator random) {
        int length = segment.length();
        boolean[] mask = new boolean[length];
        Noise noise = noise(length);
        if (noise.spans() == 0) {
            return mask;
        }
        int[] noiseLengths = randomSegmentation(noise.tokens(), noise.spans(), random);
        int[] otherLengths = randomSegmentation(length - noise.tokens(), noise.spans(), random);
        int position = 0;
        for (int span = 0; span < noise.spans(); span++) {
            int start = position + otherLengths[span];
            position = start + noiseLengths[span];
            Arrays.fill(mask, start, position, true);
        }
        return mask;
    }

    @Override
    public Bounds bounds(int length) {
        Noise noise = noise(length);
        return Bounds.exactly(length, noise.tokens(), noise.spans());
    }

    /** The noise that {@link #draw} makes of a segment of this length, which does not depend on chance. */
    public Noise noise(int length) {
        if (length < 2) {
            return new Noise(0, 0);
        }
        int tokens = Math.min(Math.max(round(length * noiseDensity), 1), length - 1);
        int spans = Math.min(Math.max(round(tokens / meanSpanLength), 1), length - tokens);
        return new Noise(tokens, spans);
    }

    /**
     * An amount of noise.
     *
     * @param tokens number of noise tokens
     * @param spans number of uninterrupted runs of them
     */
    public record Noise(int tokens, int spans) {}

    private static int round(double x) {
        return (int) Math.rint(x);
    }

    /** Divides items into non-empty segments: T5's {@code _random_segmentation}. */
    private static int[] randomSegmentation(int items, int segments, RandomGenerator random) {
        int[] cuts = RandomSubset.draw(segments - 1, items - 1, random);
        int[] lengths = new int[segments];
        int start = 0;
        for (int segment = 0; segment < cuts.length; segment++) {
            // Cut c lies between the items c and c + 1.
            int end = cuts[segment] + 1;
            lengths[segment] = end - start;
            start = end;
        }
        lengths[segments - 1] = items - start;
        return lengths;
    }
}
