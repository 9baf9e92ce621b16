package org.spactor.engine.nd4j;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;
import org.spactor.engine.nd4j.OneDnnStep.Argument;

/** Softmax by oneDNN, two to four times as fast as in Java. */
final class OneDnnSoftmaxRows implements SoftmaxRows {
    private final OneDnn oneDnn;

    OneDnnSoftmaxRows(OneDnn oneDnn) {
        this.oneDnn = oneDnn;
    }

    @Override
    public Step softmax(Strided x, Place place) {
        Strided rows = x.asMatrix();
        try (memory.desc description = OneDnn.describe(rows)) {
            Argument read = new Argument(dnnl.DNNL_ARG_SRC, oneDnn.memory(rows, description), rows);
            Argument written = new Argument(dnnl.DNNL_ARG_DST, oneDnn.memory(rows, description), rows);
            return place.closing(new OneDnnStep(
                    place.primitive(List.of("softmax", OneDnn.key(rows)), () -> {
                        try (softmax_forward.primitive_desc forward = forward(description)) {
                            return new softmax_forward(forward);
                        }
                    }),
                    oneDnn.stream(),
                    List.of(read, written)));
        }
    }

    @Override
    public Step gradient(Strided probabilities, Strided gradient, Place place) {
        Strided p = probabilities.asMatrix();
        Strided g = gradient.asMatrix();
        try (memory.desc description = OneDnn.describe(g)) {
            Argument result = new Argument(dnnl.DNNL_ARG_DST, oneDnn.memory(p, description), p);
            Argument read = new Argument(dnnl.DNNL_ARG_DIFF_DST, oneDnn.memory(g, description), g);
            Argument written = new Argument(dnnl.DNNL_ARG_DIFF_SRC, oneDnn.memory(g, description), g);
            return place.closing(new OneDnnStep(
                    place.primitive(List.of("softmax-gradient", OneDnn.key(g)), () -> backward(description)),
                    oneDnn.stream(),
                    List.of(result, read, written)));
        }
    }

    private softmax_forward.primitive_desc forward(memory.desc rows) {
        return new softmax_forward.primitive_desc(
                oneDnn.engine(), dnnl.prop_kind.forward_training, dnnl.algorithm.softmax_accurate, rows, rows, 1);
    }

    private softmax_backward backward(memory.desc rows) {
        try (softmax_forward.primitive_desc forward = forward(rows);
                softmax_backward.primitive_desc backward = new softmax_backward.primitive_desc(
                        oneDnn.engine(), dnnl.algorithm.softmax_accurate, rows, rows, rows, 1, forward)) {
            return new softmax_backward(backward);
        }
    }
}
