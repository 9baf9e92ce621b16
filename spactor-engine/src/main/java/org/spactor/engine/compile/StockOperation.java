package org.spactor.engine.compile;

import java.util.List;
import org.spactor.engine.op.Traits;
import org.spactor.engine.plan.Attributes;

/**
 * One of SameDiff's own operations, as the compiler knows it: what an {@link org.spactor.engine.op.EngineOp} says of itself.
 *
 * @param settings what its arguments mean
 * @param shapes the shapes of its outputs
 * @param flops its floating-point operations in matrix products
 * @param traits what the compiler may do with it; in place only where output and input have the same shape
 */
record StockOperation(Settings settings, Shapes shapes, Flops flops, Traits traits) {
    /** Says by name what an operation's arguments mean. */
    @FunctionalInterface
    interface Settings {
        /**
         * Reads the arguments.
         *
         * @throws IllegalArgumentException if they do not fit the operands; the message says how
         */
        Attributes read(StockArguments arguments);
    }

    /** Gives the shapes of the outputs. */
    @FunctionalInterface
    interface Shapes {
        /**
         * The shapes.
         *
         * @param inputs shapes of the inputs
         * @param outputs how many outputs the graph has a name for
         * @throws IllegalArgumentException if the inputs' shapes do not fit each other; the message says how
         */
        List<long[]> of(Attributes attributes, List<long[]> inputs, int outputs);
    }

    /** Counts floating-point operations in matrix products. */
    @FunctionalInterface
    interface Flops {
        /** The number of operations, given the shapes. */
        long of(List<long[]> inputs, List<long[]> outputs);
    }

    static StockOperation of(Settings settings, Shapes shapes) {
        return new StockOperation(settings, shapes, (inputs, outputs) -> 0, Traits.NONE.withStrides());
    }

    /** The first output may overwrite the first input. */
    StockOperation overwriting() {
        return new StockOperation(settings, shapes, flops, traits.withInPlace(0, 0));
    }

    /** It multiplies matrices. */
    StockOperation multiplying(Flops count) {
        return new StockOperation(settings, shapes, count, traits);
    }

    /** It only looks at its first input in another way. */
    StockOperation viewing(Traits.View view) {
        return new StockOperation(settings, shapes, flops, traits.withView(view));
    }
}
