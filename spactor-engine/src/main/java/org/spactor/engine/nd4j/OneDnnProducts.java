package org.spactor.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.spactor.engine.nd4j.OneDnnStep.Argument;

/**
 * Matrix products by oneDNN, which generates a kernel for each shape: transposed and strided operands and whole batches
 * of small matrices at full speed, with the addend added while the product is still in registers.
 */
final class OneDnnProducts implements MatrixProducts {
    private final OneDnn oneDnn;

    OneDnnProducts(OneDnn oneDnn) {
        this.oneDnn = oneDnn;
    }

    @Override
    public Step product(Strided a, Strided b, Strided addend, Strided c, Nd4jMemory plan) {
        List<Argument> arguments = new ArrayList<>();
        try (memory.desc left = OneDnn.describe(a);
                memory.desc right = OneDnn.describe(b);
                memory.desc result = OneDnn.describe(c);
                post_ops afterwards = new post_ops();
                primitive_attr attributes = new primitive_attr()) {
            arguments.add(new Argument(dnnl.DNNL_ARG_SRC, oneDnn.memory(a, left), a));
            arguments.add(new Argument(dnnl.DNNL_ARG_WEIGHTS, oneDnn.memory(b, right), b));
            arguments.add(new Argument(dnnl.DNNL_ARG_DST, oneDnn.memory(c, result), c));
            if (addend != null && addend.address() == c.address()) {
                afterwards.append_sum();
            } else if (addend != null) {
                try (memory.desc added = OneDnn.describe(addend)) {
                    afterwards.append_binary(dnnl.algorithm.binary_add, added);
                    int code = dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1;
                    arguments.add(new Argument(code, oneDnn.memory(addend, added), addend));
                }
            }
            attributes.set_post_ops(afterwards);
            try (matmul.primitive_desc description =
                    new matmul.primitive_desc(oneDnn.engine(), left, right, result, attributes, false)) {
                return plan.closing(new OneDnnStep(new matmul(description), oneDnn.stream(), arguments));
            }
        }
    }

    @Override
    public boolean takesBFloat16() {
        return oneDnn.hasBFloat16();
    }

    @Override
    public Step round(Strided from, Strided to, Nd4jMemory plan) {
        try (memory.desc source = OneDnn.describe(from);
                memory.desc target = OneDnn.describe(to)) {
            Argument read = new Argument(dnnl.DNNL_ARG_FROM, oneDnn.memory(from, source), from);
            Argument written = new Argument(dnnl.DNNL_ARG_TO, oneDnn.memory(to, target), to);
            try (reorder.primitive_desc description = new reorder.primitive_desc(read.elements(), written.elements())) {
                return plan.closing(new OneDnnStep(new reorder(description), oneDnn.stream(), List.of(read, written)));
            }
        }
    }

    @Override
    public String library() {
        return "oneDNN";
    }
}
