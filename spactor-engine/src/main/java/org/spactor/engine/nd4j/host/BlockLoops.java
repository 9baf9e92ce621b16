package org.spactor.engine.nd4j.host;

import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.spactor.engine.plan.Expression;

/**
 * Compiles expressions of float32 elements: a loop for each result, in which every step is a few instructions, in the order in
 * which it is written, so that the JVM vectorises it as it does a loop written by hand. Equal expressions are one class.
 */
public final class BlockLoops {
    private static final String NAME = Type.getInternalName(BlockLoops.class) + "$Loop";
    private static final String MATH = Type.getInternalName(Math.class);
    private static final int INPUTS = 1;
    private static final int NUMBERS = 2;
    private static final int RESULTS = 3;
    private static final int LENGTH = 4;
    private static final int FIRST_FREE = 5;

    private final Map<UniformValues, BlockLoop> loops = new ConcurrentHashMap<>();

    /** The loop of an expression. */
    BlockLoop of(UniformValues values) {
        return loops.computeIfAbsent(values, BlockLoops::compile);
    }

    private static BlockLoop compile(UniformValues values) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS);
        String[] interfaces = {Type.getInternalName(BlockLoop.class)};
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL, NAME, null, Type.getInternalName(Object.class), interfaces);
        MethodVisitor constructor = writer.visitMethod(0, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, Type.getInternalName(Object.class), "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0);
        constructor.visitEnd();
        MethodVisitor run = writer.visitMethod(Opcodes.ACC_PUBLIC, "run", "([[F[F[[FI)V", null, null);
        run.visitCode();
        new Body(run, values).write();
        run.visitMaxs(0, 0);
        run.visitEnd();
        writer.visitEnd();
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(writer.toByteArray(), true);
            return (BlockLoop) lookup.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the compiled loop of " + values.expression() + " cannot be used", e);
        }
    }

    /** The body of a loop's method; every value has a variable of its own. */
    private static final class Body {
        private final MethodVisitor code;
        private final UniformValues values;
        private final Expression expression;
        private final int[] variables;
        private final int[] inputs;
        private final int[] results;
        private final int index;

        Body(MethodVisitor code, UniformValues values) {
            this.code = code;
            this.values = values;
            this.expression = values.expression();
            int next = FIRST_FREE;
            this.variables = new int[expression.values()];
            for (int i = 0; i < variables.length; i++) {
                variables[i] = next++;
            }
            this.inputs = new int[expression.inputs()];
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = next++;
            }
            this.results = new int[expression.results().size()];
            for (int i = 0; i < results.length; i++) {
                results[i] = next++;
            }
            this.index = next;
        }

        void write() {
            for (int value = 0; value < variables.length; value++) {
                if (values.isUniform(value)) {
                    code.visitVarInsn(Opcodes.ALOAD, NUMBERS);
                    push(value);
                    code.visitInsn(Opcodes.FALOAD);
                    code.visitVarInsn(Opcodes.FSTORE, variables[value]);
                }
            }
            for (int i = 0; i < inputs.length; i++) {
                if (!values.isUniform(i)) {
                    array(INPUTS, i, inputs[i]);
                }
            }
            for (int i = 0; i < results.length; i++) {
                array(RESULTS, i, results[i]);
            }
            for (int result = 0; result < results.length; result++) {
                loop(result, needed(expression.results().get(result)));
            }
            code.visitInsn(Opcodes.RETURN);
        }

        /** Which values a value is computed from, itself among them. */
        private boolean[] needed(int value) {
            boolean[] needed = new boolean[variables.length];
            needed[value] = true;
            for (int i = expression.steps().size() - 1; i >= 0; i--) {
                if (needed[values.firstStep() + i]) {
                    needed[expression.steps().get(i).a()] = true;
                    needed[expression.steps().get(i).b()] = true;
                }
            }
            return needed;
        }

        private void array(int from, int place, int variable) {
            code.visitVarInsn(Opcodes.ALOAD, from);
            push(place);
            code.visitInsn(Opcodes.AALOAD);
            code.visitVarInsn(Opcodes.ASTORE, variable);
        }

        /** A loop that writes one array: those that write several are not vectorised. */
        private void loop(int result, boolean[] needed) {
            Label start = new Label();
            Label end = new Label();
            push(0);
            code.visitVarInsn(Opcodes.ISTORE, index);
            code.visitLabel(start);
            code.visitVarInsn(Opcodes.ILOAD, index);
            code.visitVarInsn(Opcodes.ILOAD, LENGTH);
            code.visitJumpInsn(Opcodes.IF_ICMPGE, end);
            for (int i = 0; i < inputs.length; i++) {
                if (needed[i] && !values.isUniform(i)) {
                    code.visitVarInsn(Opcodes.ALOAD, inputs[i]);
                    code.visitVarInsn(Opcodes.ILOAD, index);
                    code.visitInsn(Opcodes.FALOAD);
                    code.visitVarInsn(Opcodes.FSTORE, variables[i]);
                }
            }
            for (int i = 0; i < expression.steps().size(); i++) {
                int value = values.firstStep() + i;
                if (needed[value] && !values.isUniform(value)) {
                    step(expression.steps().get(i));
                    code.visitVarInsn(Opcodes.FSTORE, variables[value]);
                }
            }
            code.visitVarInsn(Opcodes.ALOAD, results[result]);
            code.visitVarInsn(Opcodes.ILOAD, index);
            code.visitVarInsn(Opcodes.FLOAD, variables[expression.results().get(result)]);
            code.visitInsn(Opcodes.FASTORE);
            code.visitIincInsn(index, 1);
            code.visitJumpInsn(Opcodes.GOTO, start);
            code.visitLabel(end);
        }

        /** Leaves the step's value on the stack. */
        private void step(Expression.Step step) {
            int a = variables[step.a()];
            int b = variables[step.b()];
            switch (step.operation()) {
                case PLUS -> two(a, b, Opcodes.FADD);
                case MINUS -> two(a, b, Opcodes.FSUB);
                case TIMES -> two(a, b, Opcodes.FMUL);
                case DIVIDED_BY -> two(a, b, Opcodes.FDIV);
                case SQUARED -> two(a, a, Opcodes.FMUL);
                case MAXIMUM -> call(a, b, "max", "(FF)F");
                case MINIMUM -> call(a, b, "min", "(FF)F");
                case NEGATED -> {
                    code.visitVarInsn(Opcodes.FLOAD, a);
                    code.visitInsn(Opcodes.FNEG);
                }
                case ABSOLUTE -> call(a, "abs", "(F)F");
                case SIGN -> call(a, "signum", "(F)F");
                case SQUARE_ROOT -> wide("sqrt", "(D)D", a);
                case EXPONENTIAL -> wide("exp", "(D)D", a);
                case LOGARITHM -> wide("log", "(D)D", a);
                case POWER -> wide("pow", "(DD)D", a, b);
            }
        }

        private void two(int a, int b, int instruction) {
            code.visitVarInsn(Opcodes.FLOAD, a);
            code.visitVarInsn(Opcodes.FLOAD, b);
            code.visitInsn(instruction);
        }

        private void call(int a, String function, String signature) {
            code.visitVarInsn(Opcodes.FLOAD, a);
            code.visitMethodInsn(Opcodes.INVOKESTATIC, MATH, function, signature, false);
        }

        private void call(int a, int b, String function, String signature) {
            code.visitVarInsn(Opcodes.FLOAD, a);
            call(b, function, signature);
        }

        /** A function of double precision; rounded, a square root is that of single precision. */
        private void wide(String function, String signature, int... arguments) {
            for (int argument : arguments) {
                code.visitVarInsn(Opcodes.FLOAD, argument);
                code.visitInsn(Opcodes.F2D);
            }
            code.visitMethodInsn(Opcodes.INVOKESTATIC, MATH, function, signature, false);
            code.visitInsn(Opcodes.D2F);
        }

        private void push(int number) {
            code.visitLdcInsn(number);
        }
    }
}
