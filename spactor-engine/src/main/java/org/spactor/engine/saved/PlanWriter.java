package org.spactor.engine.saved;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Plan;

/** A plan as JSON, the way {@link PlanReader} reads it. What is one of several things is an object of one field. */
final class PlanWriter {
    private final JsonOutput json;

    PlanWriter(JsonOutput json) {
        this.json = json;
    }

    /** Writes a plan as an object. */
    void write(Plan plan) throws IOException {
        json.beginObject();
        json.field(PlanFields.ARENAS);
        json.beginObject();
        for (Map.Entry<ElementType, Long> arena : new TreeMap<>(plan.arenas()).entrySet()) {
            json.field(arena.getKey().name());
            json.whole(arena.getValue());
        }
        json.endObject();
        json.field(PlanFields.BUFFERS);
        json.beginList();
        for (int i = 0; i < plan.buffers().size(); i++) {
            Buffer buffer = plan.buffers().get(i);
            if (buffer.id() != i) {
                throw new IllegalArgumentException("buffer '" + buffer.name() + "' has the id " + buffer.id()
                        + ", but is at place " + i + " of the plan's list");
            }
            write(buffer);
        }
        json.endList();
        json.field(PlanFields.INSTRUCTIONS);
        json.beginList();
        for (Instruction instruction : plan.instructions()) {
            write(instruction);
        }
        json.endList();
        json.field(PlanFields.RESULTS);
        json.beginObject();
        for (Map.Entry<String, Operand> result : plan.results().entrySet()) {
            json.field(result.getKey());
            write(result.getValue());
        }
        json.endObject();
        json.endObject();
    }

    private void write(Buffer buffer) throws IOException {
        json.beginObject();
        json.field(PlanFields.NAME);
        json.text(buffer.name());
        json.field(PlanFields.TYPE);
        json.text(buffer.type().name());
        json.field(PlanFields.ELEMENTS);
        json.whole(buffer.elements());
        json.field(PlanFields.STORAGE);
        write(buffer.storage());
        json.endObject();
    }

    private void write(Buffer.Storage storage) throws IOException {
        json.beginObject();
        if (storage instanceof Buffer.Storage.Parameter parameter) {
            json.field(PlanFields.PARAMETER);
            json.text(parameter.name());
        } else if (storage instanceof Buffer.Storage.Input input) {
            json.field(PlanFields.INPUT);
            json.text(input.name());
        } else if (storage instanceof Buffer.Storage.Constant constant) {
            json.field(PlanFields.CONSTANT);
            json.reals(constant.values());
        } else if (storage instanceof Buffer.Storage.Result result) {
            json.field(PlanFields.RESULT);
            json.text(result.name());
        } else if (storage instanceof Buffer.Storage.Arena arena) {
            json.field(PlanFields.ARENA);
            json.whole(arena.offset());
        } else {
            throw new IllegalArgumentException("there is no way to write the storage " + storage);
        }
        json.endObject();
    }

    private void write(Instruction instruction) throws IOException {
        json.beginObject();
        json.field(PlanFields.KIND);
        json.text(instruction.kind());
        json.field(PlanFields.NAME);
        json.text(instruction.name());
        json.field(PlanFields.INPUTS);
        write(instruction.inputs());
        json.field(PlanFields.OUTPUTS);
        write(instruction.outputs());
        json.field(PlanFields.ATTRIBUTES);
        write(instruction.attributes());
        json.field(PlanFields.FLOPS);
        json.whole(instruction.flops());
        json.field(PlanFields.INPUT_NAMES);
        json.names(instruction.names().inputs());
        json.field(PlanFields.OUTPUT_NAMES);
        json.names(instruction.names().outputs());
        json.endObject();
    }

    private void write(List<Operand> operands) throws IOException {
        json.beginList();
        for (Operand operand : operands) {
            write(operand);
        }
        json.endList();
    }

    private void write(Operand operand) throws IOException {
        json.beginObject();
        json.field(PlanFields.BUFFER);
        json.whole(operand.buffer().id());
        json.field(PlanFields.SHAPE);
        json.wholes(operand.shape());
        json.field(PlanFields.STRIDES);
        json.wholes(operand.strides());
        json.endObject();
    }

    private void write(Attributes attributes) throws IOException {
        json.beginObject();
        for (Map.Entry<String, Object> attribute : attributes.values().entrySet()) {
            json.field(attribute.getKey());
            json.beginObject();
            Object value = attribute.getValue();
            if (value instanceof Long number) {
                json.field(PlanFields.INTEGER);
                json.whole(number);
            } else if (value instanceof Double number) {
                json.field(PlanFields.REAL);
                json.real(number);
            } else if (value instanceof Boolean yes) {
                json.field(PlanFields.FLAG);
                json.flag(yes);
            } else if (value instanceof long[] numbers) {
                json.field(PlanFields.INTEGERS);
                json.wholes(numbers);
            } else if (value instanceof double[] numbers) {
                json.field(PlanFields.REALS);
                json.reals(numbers);
            } else {
                throw new IllegalArgumentException("the attribute '" + attribute.getKey() + "' is a "
                        + value.getClass().getName() + ", which is none of the types that attributes have");
            }
            json.endObject();
        }
        json.endObject();
    }
}
