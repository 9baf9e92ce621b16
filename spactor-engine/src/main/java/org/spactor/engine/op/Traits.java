package org.spactor.engine.op;

import java.util.Map;
import java.util.Set;

/**
 * What the compiler may do with an operation. An operation that says nothing is computed as it stands, from contiguous
 * float32 operands into memory of its own.
 *
 * @param operands the inputs that are operands of matrix products: they may be bfloat16
 * @param products the outputs that matrix products write: they may be bfloat16
 * @param takesAddend whether it can add one more input, behind the others, to its first output
 * @param accumulating the outputs that can start from what is there instead of from nothing
 * @param inPlace which input's memory an output may overwrite, because every element is read before its place is written:
 *     index of the input by index of the output
 * @param view whether it only looks at its first input in another way
 * @param readsStrides whether its inputs may be views that are not contiguous
 */
public record Traits(
        Set<Integer> operands,
        Set<Integer> products,
        boolean takesAddend,
        Set<Integer> accumulating,
        Map<Integer, Integer> inPlace,
        View view,
        boolean readsStrides) {
    /** An operation of which nothing is to be said. */
    public static final Traits NONE = new Traits(Set.of(), Set.of(), false, Set.of(), Map.of(), View.NONE, false);

    public Traits {
        operands = Set.copyOf(operands);
        products = Set.copyOf(products);
        accumulating = Set.copyOf(accumulating);
        inPlace = Map.copyOf(inPlace);
    }

    /** How an operation that computes nothing looks at its first input. */
    public enum View {
        /** It is not a view: it computes. */
        NONE,
        /** The same elements in the same order under another shape. */
        RESHAPE,
        /** The sides in another order, given by the attribute {@code permutation}. */
        PERMUTE
    }

    /** These inputs are operands of matrix products. */
    public Traits withOperands(Integer... inputs) {
        return new Traits(Set.of(inputs), products, takesAddend, accumulating, inPlace, view, readsStrides);
    }

    /** Matrix products write these outputs. */
    public Traits withProducts(Integer... outputs) {
        return new Traits(operands, Set.of(outputs), takesAddend, accumulating, inPlace, view, readsStrides);
    }

    /** One more input can be added to the first output. */
    public Traits withAddend() {
        return new Traits(operands, products, true, accumulating, inPlace, view, readsStrides);
    }

    /** The last input is added to the first output, and may be overwritten by it; no other can be added. */
    public Traits adding(int addend) {
        return new Traits(operands, products, false, accumulating, Map.of(0, addend), view, readsStrides);
    }

    /** These outputs can start from what is there. */
    public Traits withAccumulating(Integer... outputs) {
        return new Traits(operands, products, takesAddend, Set.of(outputs), inPlace, view, readsStrides);
    }

    /** An output may overwrite an input. */
    public Traits withInPlace(int output, int input) {
        return new Traits(operands, products, takesAddend, accumulating, Map.of(output, input), view, readsStrides);
    }

    /** No output may overwrite an input. */
    public Traits withoutInPlace() {
        return new Traits(operands, products, takesAddend, accumulating, Map.of(), view, readsStrides);
    }

    /** The output is the first input, looked at in another way. */
    public Traits withView(View way) {
        return new Traits(operands, products, takesAddend, accumulating, inPlace, way, readsStrides);
    }

    /** The inputs may be views that are not contiguous. */
    public Traits withStrides() {
        return new Traits(operands, products, takesAddend, accumulating, inPlace, view, true);
    }
}
