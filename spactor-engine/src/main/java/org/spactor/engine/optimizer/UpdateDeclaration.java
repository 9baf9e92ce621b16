package org.spactor.engine.optimizer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.Quantity;
import org.spactor.api.optimizer.Update;
import org.spactor.engine.optimizer.Term.Domain;
import org.spactor.engine.optimizer.Term.Node;
import org.spactor.engine.plan.Expression.Operation;
import org.spactor.engine.plan.Kinds;
import org.spactor.engine.plan.Shape;

/** How an optimizer updates one parameter, as a graph of {@linkplain Term quantities}: equal ones are one. */
public final class UpdateDeclaration implements Update {
    /** Name of an input of update plans: the learning rate, FLOAT64. */
    public static final String LEARNING_RATE = "learning-rate";

    /** Name of an input of update plans: the number of the step, from 1, FLOAT64. */
    public static final String STEP = "step";

    /** Name of an input of update plans: what gradients are multiplied by first, FLOAT64. */
    public static final String GRADIENT_SCALE = "gradient-scale";

    private final String parameter;
    private final long[] shape;
    private final List<Term> terms = new ArrayList<>();
    private final Map<Node, Term> known = new HashMap<>();
    private final Map<String, long[]> slots = new LinkedHashMap<>();
    private final Map<Term, Term> values = new LinkedHashMap<>();

    private UpdateDeclaration(String parameter, long... shape) {
        this.parameter = parameter;
        this.shape = shape.clone();
    }

    /**
     * Asks an optimizer for its declaration.
     *
     * @throws IllegalStateException if it sets no new value
     */
    public static UpdateDeclaration of(Optimizer optimizer, String parameter, long... shape) {
        UpdateDeclaration declaration = new UpdateDeclaration(parameter, shape);
        optimizer.declare(declaration);
        declaration.requireComplete();
        return declaration;
    }

    /**
     * To be asked when everything is declared.
     *
     * @throws IllegalStateException if the parameter gets no new value
     */
    public void requireComplete() {
        if (values.keySet().stream().noneMatch(term -> term.node() instanceof Node.Parameter)) {
            throw new IllegalStateException("the declaration sets no new value of '" + parameter
                    + "': update.set(update.value(), …) is missing");
        }
    }

    /** The shapes of what is remembered, by name, in the order of declaration. */
    public Map<String, long[]> slots() {
        return Collections.unmodifiableMap(slots);
    }

    /** Number of elements of all that is remembered. */
    public long slotElements() {
        return slots.values().stream().mapToLong(Shape::elements).sum();
    }

    /** What is set to what. */
    Map<Term, Term> values() {
        return Collections.unmodifiableMap(values);
    }

    /** All quantities, each behind those that it reads. */
    List<Term> terms() {
        return Collections.unmodifiableList(terms);
    }

    long rows() {
        return shape.length == 0 ? 1 : Shape.rows(shape);
    }

    long columns() {
        return shape.length == 0 ? 1 : Shape.columns(shape);
    }

    /** Number of elements of a quantity. */
    long elements(Domain domain) {
        return switch (domain) {
            case NUMBER -> 1;
            case ROWS -> rows();
            case COLUMNS -> columns();
            case ALL -> rows() * columns();
        };
    }

    @Override
    public String parameter() {
        return parameter;
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public Term value() {
        return term(Domain.ALL, new Node.Parameter());
    }

    @Override
    public Quantity gradient() {
        Term raw = term(Domain.ALL, new Node.Gradient());
        return computed(Operation.TIMES, raw, term(Domain.NUMBER, new Node.Given(GRADIENT_SCALE)));
    }

    @Override
    public Term learningRate() {
        return term(Domain.NUMBER, new Node.Given(LEARNING_RATE));
    }

    @Override
    public Term step() {
        return term(Domain.NUMBER, new Node.Given(STEP));
    }

    @Override
    public Term number(double number) {
        return term(Domain.NUMBER, new Node.Constant(number));
    }

    @Override
    public Term slot(String name) {
        return slot(name, Domain.ALL, shape);
    }

    @Override
    public Term slotOfRows(String name) {
        return slot(name, Domain.ROWS, rows());
    }

    @Override
    public Term slotOfColumns(String name) {
        return slot(name, Domain.COLUMNS, columns());
    }

    @Override
    public Term slotOfOne(String name) {
        return slot(name, Domain.NUMBER, 1);
    }

    private Term slot(String name, Domain domain, long... sides) {
        if (name == null || name.isBlank() || name.contains("/")) {
            throw new IllegalArgumentException("'" + name + "' is no name of a slot of '" + parameter + "'");
        }
        if (slots.put(name, sides.clone()) != null) {
            throw new IllegalArgumentException("the slot '" + name + "' of '" + parameter
                    + "' is declared twice: declare it once and keep the quantity");
        }
        return term(domain, new Node.Slot(name));
    }

    @Override
    public void set(Quantity target, Quantity value) {
        Term to = own(target);
        Term from = own(value);
        if (!(to.node() instanceof Node.Parameter) && !(to.node() instanceof Node.Slot)) {
            throw new IllegalArgumentException(
                    "only the value of '" + parameter + "' and its slots can be set, not " + describe(to));
        }
        if (from.domain().with(to.domain()) != to.domain()) {
            throw new IllegalArgumentException(describe(to) + " has " + has(to.domain())
                    + " and cannot be set to a quantity that has " + has(from.domain()));
        }
        if (values.containsKey(to)) {
            throw new IllegalArgumentException(describe(to) + " is set twice");
        }
        values.put(to, from);
    }

    private String describe(Term term) {
        if (term.node() instanceof Node.Parameter) {
            return "the value of '" + parameter + "'";
        }
        if (term.node() instanceof Node.Slot slot) {
            return "the slot '" + slot.name() + "' of '" + parameter + "'";
        }
        return term.node() instanceof Node.Gradient ? "its gradient" : "what is computed";
    }

    private static String has(Domain domain) {
        return switch (domain) {
            case NUMBER -> "one element";
            case ROWS -> "an element for each row";
            case COLUMNS -> "an element for each column";
            case ALL -> "an element for each of the parameter's";
        };
    }

    /**
     * A quantity as a term of this update.
     *
     * @throws IllegalArgumentException if it is another one's
     */
    Term own(Quantity quantity) {
        if (quantity instanceof Term term && term.update() == this) {
            return term;
        }
        throw new IllegalArgumentException(
                "the update of '" + parameter + "' is given a quantity that is not its own: " + quantity);
    }

    /** What is computed of numbers that never change does not change either. */
    Term computed(Operation operation, Term a, Term b) {
        if (a.node() instanceof Node.Constant x && b.node() instanceof Node.Constant y) {
            return number(operation.of(x.number(), y.number()));
        }
        return term(a.domain().with(b.domain()), new Node.Computed(operation, a.id(), b.id()));
    }

    Term sum(Term a, long over) {
        if (a.domain() == Domain.NUMBER && over == Kinds.OVER_ALL) {
            return a;
        }
        if (a.domain() != Domain.ALL && over != Kinds.OVER_ALL) {
            throw new IllegalArgumentException("means of rows or columns of '" + parameter
                    + "' are taken of a quantity that has " + has(Domain.ALL) + ", not of one that has "
                    + has(a.domain()));
        }
        Domain domain =
                over == Kinds.OVER_ALL ? Domain.NUMBER : over == Kinds.OVER_COLUMNS ? Domain.ROWS : Domain.COLUMNS;
        return term(domain, new Node.Sum(a.id(), over));
    }

    private Term term(Domain domain, Node node) {
        return known.computeIfAbsent(node, n -> {
            Term term = new Term(this, terms.size(), domain, n);
            terms.add(term);
            return term;
        });
    }
}
