package org.spactor.engine.reference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.spactor.engine.backend.DeviceTensor;
import org.spactor.engine.backend.Program;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Plan;
import org.spactor.engine.plan.Profile;
import org.spactor.engine.plan.Shape;

/** The smallest backend: plans in plain loops and double precision. */
public final class ReferenceBackend implements org.spactor.engine.backend.Backend {
    @Override
    public String productLibrary() {
        return "plain loops";
    }

    @Override
    public boolean takesBFloat16() {
        return false;
    }

    @Override
    public DeviceTensor allocate(ElementType type, long... shape) {
        Memory memory = Memory.of(type, Shape.elements(shape));
        for (int i = 0; i < Shape.elements(shape); i++) {
            memory.set(i, 0.0);
        }
        return new ReferenceTensor(type, shape.clone(), memory);
    }

    @Override
    public Program prepare(Plan plan, Map<String, ? extends DeviceTensor> tensors, int threads) {
        Map<String, Memory> shared = new HashMap<>();
        for (Buffer buffer : plan.buffers()) {
            if (buffer.storage() instanceof Buffer.Storage.Parameter parameter) {
                DeviceTensor tensor = tensors.get(parameter.name());
                if (tensor == null || tensor.type() != buffer.type() || tensor.elements() != buffer.elements()) {
                    throw new IllegalArgumentException(
                            "the plan has " + buffer + ", but the tensor of this name is " + tensor);
                }
                shared.put(parameter.name(), ((ReferenceTensor) tensor).memory());
            }
        }
        return new ReferenceProgram(plan, new ReferencePlan(plan, Kernels.standard(), shared));
    }

    private record ReferenceTensor(ElementType type, long[] shape, Memory memory) implements DeviceTensor {
        @Override
        public HostView host() {
            ByteBuffer bytes =
                    ByteBuffer.allocate((int) elements() * Float.BYTES).order(ByteOrder.nativeOrder());
            FloatBuffer elements = bytes.asFloatBuffer();
            read(0, elements.duplicate());
            return new HostView() {
                @Override
                public FloatBuffer elements() {
                    return elements;
                }

                @Override
                public ByteBuffer bytes() {
                    return bytes;
                }

                @Override
                public void commit() {
                    write(0, elements.duplicate().clear());
                }
            };
        }

        @Override
        public void read(long from, FloatBuffer into) {
            for (int i = (int) from; into.hasRemaining(); i++) {
                into.put((float) memory.real(i));
            }
        }

        @Override
        public void write(long from, FloatBuffer elements) {
            for (int i = (int) from; elements.hasRemaining(); i++) {
                memory.set(i, elements.get());
            }
        }

        @Override
        public void close() {
            // the collector's business
        }
    }

    private record ReferenceProgram(Plan plan, ReferencePlan runner) implements Program {
        @Override
        public void setInput(String name, int[] values) {
            runner.setInput(name, values);
        }

        @Override
        public void setInput(String name, long value) {
            runner.setInput(name, new long[] {value});
        }

        @Override
        public void setNumber(String name, double value) {
            runner.setInput(name, new double[] {value});
        }

        @Override
        public void setInput(String name, float... values) {
            double[] reals = new double[values.length];
            for (int i = 0; i < reals.length; i++) {
                reals[i] = values[i];
            }
            runner.setInput(name, reals);
        }

        /** Where a plan accumulates, everything that it leaves but for sums and counts is a gradient. */
        @Override
        public void run(boolean accumulates) {
            Map<String, double[]> before = new HashMap<>();
            if (accumulates) {
                plan.results().keySet().stream()
                        .filter(name -> name.startsWith("gradient."))
                        .forEach(name -> before.put(name, numbers(name)));
            }
            runner.run();
            before.forEach((name, values) -> {
                Memory memory = runner.resultMemory(name);
                for (int i = 0; i < values.length; i++) {
                    memory.set(i, memory.real(i) + values[i]);
                }
            });
        }

        @Override
        public DeviceTensor result(String name) {
            Memory memory = runner.resultMemory(name);
            return new ReferenceTensor(
                    plan.results().get(name).buffer().type(),
                    plan.results().get(name).shape(),
                    memory);
        }

        @Override
        public double[] numbers(String name) {
            return runner.result(name);
        }

        @Override
        public void addTimesTo(Profile profile) {
            // nobody measures it
        }

        @Override
        public void close() {
            // the collector's business
        }
    }
}
