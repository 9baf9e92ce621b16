package org.spactor.engine.optimizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.spactor.engine.optimizer.Term.Domain;
import org.spactor.engine.optimizer.Term.Node;
import org.spactor.engine.plan.ElementType;
import org.spactor.engine.plan.Expression;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Operand;
import org.spactor.engine.plan.PlanBuilder;

/**
 * Turns the declared update of one parameter into instructions: as few passes over its elements as its sums allow. Numbers,
 * and what has one element for each row or column, are computed once and kept; what has all of the parameter's elements is
 * never kept, but computed again where it is needed.
 */
public final class UpdateCompiler {
    private static final List<Domain> ORDER_OF_SETTING =
            List.of(Domain.ALL, Domain.ROWS, Domain.COLUMNS, Domain.NUMBER);

    private final UpdateDeclaration declaration;
    private final PlanBuilder builder;
    private final Map<Integer, Operand> kept = new HashMap<>();

    private UpdateCompiler(UpdateDeclaration declaration, PlanBuilder builder) {
        this.declaration = declaration;
        this.builder = builder;
    }

    /** Adds the instructions that update a parameter to a plan. */
    public static void add(UpdateDeclaration declaration, PlanBuilder builder) {
        new UpdateCompiler(declaration, builder).add();
        builder.releaseTemporaries();
    }

    /** The name by which a plan knows a parameter. */
    public static String parameterOf(String parameter) {
        return "parameter:" + parameter;
    }

    /** The name by which a plan knows a parameter's gradient. */
    public static String gradientOf(String parameter) {
        return "gradient:" + parameter;
    }

    /** The name by which a plan knows a parameter's slot. */
    public static String slotOf(String parameter, String slot) {
        return "slot:" + parameter + "/" + slot;
    }

    private void add() {
        List<Term> together = new ArrayList<>();
        for (int id : toBeKept()) {
            Term term = declaration.terms().get(id);
            boolean sum = term.node() instanceof Node.Sum;
            if (!together.isEmpty() && (sum || together.get(0).domain() != term.domain())) {
                keep(together);
                together.clear();
            }
            if (sum) {
                sum(term);
            } else {
                together.add(term);
            }
        }
        if (!together.isEmpty()) {
            keep(together);
        }
        // what is larger is set first, since it may read what is smaller, and never the other way round
        for (Domain domain : ORDER_OF_SETTING) {
            set(domain);
        }
    }

    /** Sums, and what is read by something that has more elements; in the order in which they can be computed. */
    private Set<Integer> toBeKept() {
        Set<Integer> kept = new TreeSet<>();
        Set<Integer> seen = new HashSet<>();
        declaration.values().forEach((target, value) -> visit(value, target.domain(), target, kept, seen));
        return kept;
    }

    private void visit(Term term, Domain reader, Term target, Set<Integer> keep, Set<Integer> seen) {
        boolean computed = term.node() instanceof Node.Computed;
        boolean rounded = target != null && target.domain() == Domain.NUMBER;
        if (term.node() instanceof Node.Sum || (computed && (term.domain() != reader || rounded))) {
            keep.add(term.id());
        }
        if (!seen.add(term.id())) {
            return;
        }
        if (term.node() instanceof Node.Computed node) {
            visit(declaration.terms().get(node.a()), term.domain(), null, keep, seen);
            visit(declaration.terms().get(node.b()), term.domain(), null, keep, seen);
        } else if (term.node() instanceof Node.Sum node) {
            Term summed = declaration.terms().get(node.a());
            visit(summed, summed.domain(), null, keep, seen);
        }
    }

    private void keep(List<Term> terms) {
        ElementType type = terms.get(0).domain() == Domain.NUMBER ? ElementType.FLOAT64 : ElementType.FLOAT32;
        Pass pass = new Pass();
        terms.forEach(pass::compute);
        List<Operand> outputs = new ArrayList<>();
        for (Term term : terms) {
            outputs.add(builder.temporary(name(term), type, sides(term.domain())));
        }
        pass.map(outputs);
        for (int i = 0; i < terms.size(); i++) {
            kept.put(terms.get(i).id(), outputs.get(i));
        }
    }

    private void sum(Term sum) {
        Node.Sum node = (Node.Sum) sum.node();
        Term summed = declaration.terms().get(node.a());
        ElementType type = sum.domain() == Domain.NUMBER ? ElementType.FLOAT64 : ElementType.FLOAT32;
        Pass pass = new Pass();
        pass.compute(summed);
        Operand output = builder.temporary(name(sum), type, sides(sum.domain()));
        long[] sides = sides(summed.domain());
        builder.add(
                Kinds.MAP_SUM,
                declaration.parameter(),
                pass.inputs(),
                List.of(output),
                pass.expression()
                        .attributes()
                        .with("rows", sides[0])
                        .with("columns", sides[1])
                        .with("over", node.over()));
        kept.put(sum.id(), output);
    }

    private void set(Domain domain) {
        Pass pass = new Pass();
        List<Operand> targets = new ArrayList<>();
        declaration.values().forEach((target, value) -> {
            if (target.domain() == domain) {
                targets.add(leaf(target));
                pass.compute(value);
            }
        });
        if (!targets.isEmpty()) {
            pass.map(targets);
        }
    }

    private String name(Term term) {
        return declaration.parameter() + "#" + term.id();
    }

    private long[] sides(Domain domain) {
        return switch (domain) {
            case NUMBER -> new long[] {1, 1};
            case ROWS -> new long[] {declaration.rows(), 1};
            case COLUMNS -> new long[] {1, declaration.columns()};
            case ALL -> new long[] {declaration.rows(), declaration.columns()};
        };
    }

    /** A tensor that is there before the update. */
    private Operand leaf(Term term) {
        String parameter = declaration.parameter();
        long[] sides = sides(term.domain());
        if (term.node() instanceof Node.Parameter) {
            return builder.shared(parameterOf(parameter), ElementType.FLOAT32, sides);
        }
        if (term.node() instanceof Node.Gradient) {
            return builder.shared(gradientOf(parameter), ElementType.FLOAT32, sides);
        }
        if (term.node() instanceof Node.Slot slot) {
            return builder.shared(slotOf(parameter, slot.name()), ElementType.FLOAT32, sides);
        }
        return builder.input(((Node.Given) term.node()).input(), ElementType.FLOAT64, sides);
    }

    /** One expression under construction, which reads what is there and computes the rest. */
    private final class Pass {
        private final Map<Integer, Integer> inputs = new LinkedHashMap<>();
        private final List<Operand> operands = new ArrayList<>();
        private final List<Term> numbers = new ArrayList<>();
        private final List<Term> computed = new ArrayList<>();
        private final List<Term> wanted = new ArrayList<>();

        /** Adds a result. */
        void compute(Term term) {
            collect(term, new HashSet<>());
            wanted.add(term);
        }

        private void collect(Term term, Set<Integer> seen) {
            if (!seen.add(term.id()) || inputs.containsKey(term.id()) || computed.contains(term)) {
                return;
            }
            if (term.node() instanceof Node.Constant) {
                if (!numbers.contains(term)) {
                    numbers.add(term);
                }
            } else if (kept.containsKey(term.id())) {
                read(term, kept.get(term.id()));
            } else if (term.node() instanceof Node.Computed node) {
                collect(declaration.terms().get(node.a()), seen);
                collect(declaration.terms().get(node.b()), seen);
                computed.add(term);
            } else {
                read(term, leaf(term));
            }
        }

        private void read(Term term, Operand operand) {
            inputs.put(term.id(), operands.size());
            operands.add(operand);
        }

        List<Operand> inputs() {
            return operands;
        }

        Expression expression() {
            Map<Integer, Integer> places = new HashMap<>(inputs);
            for (Term number : numbers) {
                places.put(number.id(), places.size());
            }
            List<Expression.Step> steps = new ArrayList<>();
            for (Term term : computed) {
                Node.Computed node = (Node.Computed) term.node();
                steps.add(new Expression.Step(node.operation(), places.get(node.a()), places.get(node.b())));
                places.put(term.id(), places.size());
            }
            return new Expression(
                    operands.size(),
                    numbers.stream()
                            .map(term -> ((Node.Constant) term.node()).number())
                            .toList(),
                    steps,
                    wanted.stream().map(term -> places.get(term.id())).toList());
        }

        void map(List<Operand> outputs) {
            builder.add(
                    Kinds.MAP,
                    declaration.parameter(),
                    operands,
                    outputs,
                    expression().attributes());
        }
    }
}
