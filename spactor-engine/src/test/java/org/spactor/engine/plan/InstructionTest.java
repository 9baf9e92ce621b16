package org.spactor.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class InstructionTest {
    private static final Operand X = operand(0, "x");
    private static final Operand WEIGHT = operand(1, "w");
    private static final Operand Y = operand(2, "y");
    private static final OperandNames NAMES = OperandNames.reads("x", "weight").writes("y");

    @Test
    void operandsAreFoundByTheirNames() {
        Instruction instruction = instruction(NAMES);

        assertThat(instruction.input("weight")).isSameAs(WEIGHT);
        assertThat(instruction.output("y")).isSameAs(Y);
        assertThat(instruction.reads("weight")).isTrue();
        assertThat(instruction.reads("bias")).isFalse();
        assertThat(instruction.writes("y")).isTrue();
        assertThat(instruction.writes("x")).isFalse();
    }

    @Test
    void unknownNameIsNamed() {
        assertThatThrownBy(() -> instruction(NAMES).input("bias"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'bias'")
                .hasMessageContaining("[x, weight]")
                .hasMessageContaining("rms-norm 'place'");
    }

    @Test
    void thereMustBeAsManyNamesAsOperands() {
        assertThatThrownBy(() -> instruction(NAMES.withAddend()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rms-norm 'place'")
                .hasMessageContaining("addend");
    }

    private static Instruction instruction(OperandNames names) {
        return new Instruction(Kinds.RMS_NORM, "place", List.of(X, WEIGHT), List.of(Y), Attributes.NONE, 0, names);
    }

    private static Operand operand(int id, String name) {
        return Operand.contiguous(new Buffer(id, name, ElementType.FLOAT32, 2, new Buffer.Storage.Input(name)), 2);
    }
}
