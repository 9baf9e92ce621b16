package org.spactor.engine.optimizer;

import org.spactor.api.optimizer.Quantity;
import org.spactor.engine.plan.Expression.Operation;
import org.spactor.engine.plan.Kinds;

/**
 * A quantity of an update that is being declared: a node of its graph.
 *
 * @param update that it belongs to
 * @param id number of the node; a node reads those before it
 * @param domain what it has elements for
 * @param node what it is
 */
record Term(UpdateDeclaration update, int id, Domain domain, Node node) implements Quantity {
    /** What a quantity has elements for. */
    enum Domain {
        NUMBER,
        ROWS,
        COLUMNS,
        ALL;

        /** What two quantities have elements for together. */
        Domain with(Domain other) {
            if (this == other || other == NUMBER) {
                return this;
            }
            return this == NUMBER ? other : ALL;
        }
    }

    /** What a quantity is. */
    sealed interface Node {
        /** A number that is the same in all steps. */
        record Constant(double number) implements Node {}

        /** A number that is given in every step. */
        record Given(String input) implements Node {}

        /** The parameter. */
        record Parameter() implements Node {}

        /** The gradient as it is, before it is clipped. */
        record Gradient() implements Node {}

        /** Something that is remembered. */
        record Slot(String name) implements Node {}

        /** Computed element by element; b is a where the operation takes one. */
        record Computed(Operation operation, int a, int b) implements Node {}

        /**
         * A sum.
         *
         * @param over {@link Kinds#OVER_ALL} and the like
         */
        record Sum(int a, long over) implements Node {}
    }

    private Term with(Operation operation, Quantity other) {
        return update.computed(operation, this, update.own(other));
    }

    private Term with(Operation operation, double number) {
        return update.computed(operation, this, update.number(number));
    }

    private Term with(Operation operation) {
        return update.computed(operation, this, this);
    }

    @Override
    public Quantity plus(Quantity other) {
        return with(Operation.PLUS, other);
    }

    @Override
    public Quantity plus(double number) {
        return with(Operation.PLUS, number);
    }

    @Override
    public Quantity minus(Quantity other) {
        return with(Operation.MINUS, other);
    }

    @Override
    public Quantity minus(double number) {
        return with(Operation.MINUS, number);
    }

    @Override
    public Quantity times(Quantity other) {
        return with(Operation.TIMES, other);
    }

    @Override
    public Quantity times(double number) {
        return with(Operation.TIMES, number);
    }

    @Override
    public Quantity dividedBy(Quantity other) {
        return with(Operation.DIVIDED_BY, other);
    }

    @Override
    public Quantity dividedBy(double number) {
        return with(Operation.DIVIDED_BY, number);
    }

    @Override
    public Quantity maximum(Quantity other) {
        return with(Operation.MAXIMUM, other);
    }

    @Override
    public Quantity maximum(double number) {
        return with(Operation.MAXIMUM, number);
    }

    @Override
    public Quantity minimum(Quantity other) {
        return with(Operation.MINIMUM, other);
    }

    @Override
    public Quantity minimum(double number) {
        return with(Operation.MINIMUM, number);
    }

    @Override
    public Quantity power(Quantity exponent) {
        return with(Operation.POWER, exponent);
    }

    @Override
    public Quantity power(double exponent) {
        return with(Operation.POWER, exponent);
    }

    @Override
    public Quantity negated() {
        return with(Operation.NEGATED);
    }

    @Override
    public Quantity squared() {
        return with(Operation.SQUARED);
    }

    @Override
    public Quantity squareRoot() {
        return with(Operation.SQUARE_ROOT);
    }

    @Override
    public Quantity absolute() {
        return with(Operation.ABSOLUTE);
    }

    @Override
    public Quantity sign() {
        return with(Operation.SIGN);
    }

    @Override
    public Quantity exponential() {
        return with(Operation.EXPONENTIAL);
    }

    @Override
    public Quantity logarithm() {
        return with(Operation.LOGARITHM);
    }

    @Override
    public Quantity sum() {
        return update.sum(this, Kinds.OVER_ALL);
    }

    @Override
    public Quantity mean() {
        return sum().dividedBy(update.elements(domain));
    }

    @Override
    public Quantity rootMeanSquare() {
        return squared().mean().squareRoot();
    }

    @Override
    public Quantity meanOfRows() {
        return update.sum(this, Kinds.OVER_COLUMNS).dividedBy(update.columns());
    }

    @Override
    public Quantity meanOfColumns() {
        return update.sum(this, Kinds.OVER_ROWS).dividedBy(update.rows());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Term term && term.update == update && term.id == id;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return "quantity " + id + " of '" + update.parameter() + "'";
    }
}
