package org.spactor.engine.plan;

/** What {@link Kinds#COMPARE} asks of two numbers. */
public enum Relation {
    EQUAL {
        @Override
        public boolean holds(double x, double y) {
            return x == y;
        }
    },
    DIFFERENT {
        @Override
        public boolean holds(double x, double y) {
            return x != y;
        }
    },
    LESS {
        @Override
        public boolean holds(double x, double y) {
            return x < y;
        }
    },
    GREATER {
        @Override
        public boolean holds(double x, double y) {
            return x > y;
        }
    };

    /** Attribute: the relation's place in the list of all. */
    public static final String RELATION = "relation";

    /** Attribute: the number that x is compared with, if there is no y. */
    public static final String NUMBER = "number";

    /** Whether it holds of two numbers; whole numbers of 32 bits are exact in double precision. */
    public abstract boolean holds(double x, double y);

    /** The relation that an instruction asks. */
    public static Relation of(Attributes attributes) {
        return values()[attributes.number(RELATION)];
    }
}
