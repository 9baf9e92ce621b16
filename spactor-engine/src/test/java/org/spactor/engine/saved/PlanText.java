package org.spactor.engine.saved;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.spactor.engine.plan.Buffer;
import org.spactor.engine.plan.Instruction;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.Plan;

/** Everything that is in a plan, line by line, with doubles as their bits: two plans are equal if these lines are. */
public final class PlanText {
    private PlanText() {}

    /** The lines of a plan. */
    public static List<String> of(Plan plan) {
        List<String> lines = new ArrayList<>();
        plan.buffers().forEach(buffer -> lines.add(text(buffer)));
        plan.instructions().forEach(instruction -> lines.add(text(instruction)));
        lines.add("arenas " + plan.arenas());
        plan.results().forEach((name, operand) -> lines.add("result " + name + " " + text(operand)));
        return lines;
    }

    private static String text(Buffer buffer) {
        String storage = buffer.storage() instanceof Buffer.Storage.Constant constant
                ? "Constant" + bits(constant.values())
                : buffer.storage().toString();
        return "buffer " + buffer.id() + " '" + buffer.name() + "' " + buffer.type() + " " + buffer.elements() + " "
                + storage;
    }

    private static String text(Instruction instruction) {
        List<String> attributes = new ArrayList<>();
        instruction.attributes().values().forEach((name, value) -> attributes.add(text(name, value)));
        return instruction.kind() + " '" + instruction.name() + "' " + texts(instruction.inputs()) + " -> "
                + texts(instruction.outputs()) + " " + attributes + " " + instruction.flops() + " "
                + instruction.names();
    }

    private static String text(String name, Object value) {
        return Map.entry(name, value.getClass().getSimpleName()) + " "
                + switch (value.getClass().getSimpleName()) {
                    case "Double" -> bits((Double) value);
                    case "double[]" -> bits((double[]) value);
                    case "long[]" -> Arrays.toString((long[]) value);
                    default -> value;
                };
    }

    private static List<String> texts(List<Operand> operands) {
        return operands.stream().map(PlanText::text).toList();
    }

    private static String text(Operand operand) {
        return operand.buffer().id() + Arrays.toString(operand.shape()) + Arrays.toString(operand.strides());
    }

    private static String bits(double... values) {
        return Arrays.toString(
                Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray());
    }
}
