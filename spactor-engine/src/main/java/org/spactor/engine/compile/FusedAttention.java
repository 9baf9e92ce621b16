package org.spactor.engine.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spactor.engine.op.Traits;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.OperandNames;

/**
 * Attention that keeps the logarithm of the sum of the exponentials of each row of scores instead of the row's
 * probabilities: its gradient computes these again from the scores. No matrix of scores has to be in memory any more.
 *
 * <p>Attention stays as it is where its operands are not bfloat16, where heads are of another width than tensor cores are
 * fed with here, or where somebody but its gradient reads the probabilities.
 *
 * <p>Source: Dao, <i>FlashAttention-2: faster attention with better parallelism and work partitioning</i>, 2023.
 */
final class FusedAttention {
    private static final String LOG_SUM_EXP = "log-sum-exp";
    private static final Set<Long> HEAD_WIDTHS = Set.of(32L, 64L, 128L);
    private static final List<String> MASKS = List.of("bias", "key-mask", "prefix");

    private final Listing listing;
    private final Set<Value> readByOthers = new HashSet<>();
    /** What was fused, by the probabilities that are no longer there. */
    private final Map<Value, Node> fused = new HashMap<>();

    private FusedAttention(Listing listing) {
        this.listing = listing;
    }

    static Listing fuse(Listing listing) {
        return new FusedAttention(listing).fused();
    }

    private Listing fused() {
        readByOthers.addAll(listing.results().values());
        for (Node node : listing.nodes()) {
            if (!node.kind().equals(Kinds.ATTENTION_GRADIENT)) {
                readByOthers.addAll(node.inputs());
            }
        }
        List<Node> nodes = new ArrayList<>();
        for (Node node : listing.nodes()) {
            nodes.add(replacement(node));
        }
        return new Listing(nodes, listing.results());
    }

    private Node replacement(Node node) {
        if (node.kind().equals(Kinds.ATTENTION) && canBeFused(node)) {
            Node attention = forward(node);
            fused.put(output(node, "probabilities"), attention);
            return attention;
        }
        if (node.kind().equals(Kinds.ATTENTION_GRADIENT)) {
            Node attention = fused.get(input(node, "probabilities"));
            return attention == null ? node : gradient(node, attention);
        }
        return node;
    }

    private boolean canBeFused(Node attention) {
        Value query = input(attention, "query");
        long width = query.shape()[2] / attention.attributes().integer("heads");
        return query.type() == ElementType.BFLOAT16
                && HEAD_WIDTHS.contains(width)
                && attention.outputs().stream().skip(1).noneMatch(readByOthers::contains);
    }

    private static Node forward(Node node) {
        Value mixed = output(node, "mixed");
        long[] scores = output(node, "probabilities").shape();
        Value logSumExp = new Value(
                mixed.name() + "/" + LOG_SUM_EXP,
                ElementType.FLOAT32,
                new long[] {scores[0], scores[1], scores[2]},
                new Value.Origin.Computed());
        return new Node(
                Kinds.FUSED_ATTENTION,
                node.name(),
                node.inputs(),
                List.of(mixed, logSumExp),
                node.attributes(),
                node.flops(),
                Traits.NONE,
                new OperandNames(node.names().inputs(), List.of("mixed", LOG_SUM_EXP)));
    }

    private static Node gradient(Node node, Node attention) {
        Map<String, Value> read = new LinkedHashMap<>();
        for (String name : List.of("gradient", "query", "key", "value")) {
            read.put(name, input(node, name));
        }
        for (String name : MASKS) {
            if (attention.names().inputs().contains(name)) {
                read.put(name, input(attention, name));
            }
        }
        read.put("mixed", output(attention, "mixed"));
        read.put(LOG_SUM_EXP, output(attention, LOG_SUM_EXP));
        if (node.names().inputs().contains("random-key")) {
            read.put("random-key", input(node, "random-key"));
        }
        return new Node(
                Kinds.FUSED_ATTENTION_GRADIENT,
                node.name(),
                List.copyOf(read.values()),
                node.outputs(),
                node.attributes(),
                node.flops(),
                Traits.NONE,
                new OperandNames(List.copyOf(read.keySet()), node.names().outputs()));
    }

    private static Value input(Node node, String name) {
        return node.inputs().get(node.names().inputs().indexOf(name));
    }

    private static Value output(Node node, String name) {
        return node.outputs().get(node.names().outputs().indexOf(name));
    }
}
