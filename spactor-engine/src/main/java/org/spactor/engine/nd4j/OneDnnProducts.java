package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.spactor.engine.nd4j.OneDnnStep.Argument;

/**
 * Matrix products by oneDNN, which generates a kernel for each shape: transposed and strided operands and whole batches
 * of small matrices at full speed, with the addend added while the product is still in registers.
 */
final class OneDnnProducts implements MatrixProducts {
    static final String NAME = "oneDNN";

    /** Role of what is added to a product. */
    private static final int FIRST_ADDEND = dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1;

    private final OneDnn oneDnn;

    OneDnnProducts(OneDnn oneDnn) {
        this.oneDnn = oneDnn;
    }

    @Override
    public Step product(Strided a, Strided b, Strided addend, Strided c, Place place) {
        boolean inPlace = addend != null && addend.address() == c.address();
        try (memory.desc left = OneDnn.describe(a);
                memory.desc right = OneDnn.describe(b);
                memory.desc result = OneDnn.describe(c);
                memory.desc added = addend == null ? null : OneDnn.describe(addend)) {
            List<Argument> arguments = new ArrayList<>();
            arguments.add(new Argument(dnnl.DNNL_ARG_SRC, oneDnn.memory(a, left), a));
            arguments.add(new Argument(dnnl.DNNL_ARG_WEIGHTS, oneDnn.memory(b, right), b));
            arguments.add(new Argument(dnnl.DNNL_ARG_DST, oneDnn.memory(c, result), c));
            if (addend != null && !inPlace) {
                arguments.add(new Argument(FIRST_ADDEND, oneDnn.memory(addend, added), addend));
            }
            List<Object> key =
                    new ArrayList<>(List.of("product", OneDnn.key(a), OneDnn.key(b), OneDnn.key(c), inPlace));
            if (addend != null) {
                key.add(OneDnn.key(addend));
            }
            primitive product = place.primitive(key, () -> product(left, right, result, inPlace, added));
            return place.closing(new OneDnnStep(product, oneDnn.stream(), arguments));
        }
    }

    private primitive product(
            memory.desc left, memory.desc right, memory.desc result, boolean inPlace, memory.desc added) {
        try (post_ops afterwards = new post_ops();
                primitive_attr attributes = new primitive_attr()) {
            if (inPlace) {
                afterwards.append_sum();
            } else if (added != null) {
                afterwards.append_binary(dnnl.algorithm.binary_add, added);
            }
            attributes.set_post_ops(afterwards);
            try (matmul.primitive_desc description =
                    new matmul.primitive_desc(oneDnn.engine(), left, right, result, attributes, false)) {
                return new matmul(description);
            }
        }
    }

    @Override
    public boolean takesBFloat16() {
        return oneDnn.hasBFloat16();
    }

    @Override
    public Step round(Strided from, Strided to, Place place) {
        try (memory.desc source = OneDnn.describe(from);
                memory.desc target = OneDnn.describe(to)) {
            Argument read = new Argument(dnnl.DNNL_ARG_FROM, oneDnn.memory(from, source), from);
            Argument written = new Argument(dnnl.DNNL_ARG_TO, oneDnn.memory(to, target), to);
            primitive rounding = place.primitive(List.of("round", OneDnn.key(from), OneDnn.key(to)), () -> {
                try (reorder.primitive_desc description =
                        new reorder.primitive_desc(read.elements(), written.elements())) {
                    return new reorder(description);
                }
            });
            return place.closing(new OneDnnStep(rounding, oneDnn.stream(), List.of(read, written)));
        }
    }

    @Override
    public String library() {
        return NAME;
    }
}
