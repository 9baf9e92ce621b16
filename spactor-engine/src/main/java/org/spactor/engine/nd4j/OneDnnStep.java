package org.spactor.engine.nd4j;

import java.lang.ref.Reference;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;

/**
 * A primitive of oneDNN on its operands. The call goes through oneDNN's C interface with arguments laid out once,
 * because the one of C++ builds a map at every call.
 */
final class OneDnnStep implements Step, AutoCloseable {
    private final primitive primitive;
    private final stream stream;
    private final List<Argument> arguments;
    private final dnnl_primitive primitiveHandle;
    private final dnnl_stream streamHandle;
    private final dnnl_exec_arg_t prepared;

    /**
     * An operand of a primitive.
     *
     * @param code oneDNN's number for its role
     * @param elements the operand as oneDNN sees it
     * @param operand keeps the elements from being freed
     */
    record Argument(int code, memory elements, Strided operand) {}

    /** @param primitive closed by whoever owns it, after this step */
    OneDnnStep(primitive primitive, stream stream, List<Argument> arguments) {
        this.primitive = primitive;
        this.stream = stream;
        this.arguments = List.copyOf(arguments);
        this.primitiveHandle = primitive.get();
        this.streamHandle = stream.get();
        this.prepared = new dnnl_exec_arg_t(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            prepared.position(i).arg(argument.code()).memory(argument.elements().get());
        }
        prepared.position(0);
    }

    @Override
    public void run() {
        int status = dnnl.dnnl_primitive_execute(primitiveHandle, streamHandle, arguments.size(), prepared);
        if (status != dnnl.dnnl_success) {
            throw new IllegalStateException("oneDNN failed with status " + status + " on " + arguments);
        }
        Reference.reachabilityFence(this);
    }

    @Override
    public void close() {
        prepared.close();
        arguments.forEach(argument -> argument.elements().close());
        stream.close();
    }
}
