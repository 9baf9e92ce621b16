package org.spactor.engine.graph;

/**
 * Between which bounds the whole numbers of a value lie.
 *
 * @param least none is below
 * @param greatest none is above
 */
record Interval(long least, long greatest) {
    /** The answers of a comparison. */
    static final Interval ANSWERS = new Interval(0, 1);

    /** Of one number. */
    static Interval of(long number) {
        return new Interval(number, number);
    }

    /** Of some numbers, at least one. */
    static Interval of(int... numbers) {
        int least = numbers[0];
        int greatest = numbers[0];
        for (int number : numbers) {
            least = Math.min(least, number);
            greatest = Math.max(greatest, number);
        }
        return new Interval(least, greatest);
    }

    /** The smallest interval that holds this one and another. */
    Interval and(Interval other) {
        return new Interval(Math.min(least, other.least), Math.max(greatest, other.greatest));
    }

    /** Whether a number lies in it. */
    boolean contains(long number) {
        return least <= number && number <= greatest;
    }

    /** Whether another one lies in this one. */
    boolean contains(Interval other) {
        return least <= other.least && other.greatest <= greatest;
    }

    @Override
    public String toString() {
        return "from " + least + " to " + greatest;
    }
}
