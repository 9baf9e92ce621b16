package org.spactor.engine.saved;

/** Names of the fields of a plan in JSON. */
final class PlanFields {
    static final String ARENAS = "arenas";
    static final String BUFFERS = "buffers";
    static final String INSTRUCTIONS = "instructions";
    static final String RESULTS = "results";

    static final String NAME = "name";
    static final String TYPE = "type";
    static final String ELEMENTS = "elements";
    static final String STORAGE = "storage";

    static final String PARAMETER = "parameter";
    static final String INPUT = "input";
    static final String CONSTANT = "constant";
    static final String RESULT = "result";
    static final String ARENA = "arena";

    static final String KIND = "kind";
    static final String INPUTS = "inputs";
    static final String OUTPUTS = "outputs";
    static final String ATTRIBUTES = "attributes";
    static final String FLOPS = "flops";
    static final String INPUT_NAMES = "input-names";
    static final String OUTPUT_NAMES = "output-names";

    static final String BUFFER = "buffer";
    static final String SHAPE = "shape";
    static final String STRIDES = "strides";

    static final String INTEGER = "integer";
    static final String REAL = "real";
    static final String FLAG = "flag";
    static final String INTEGERS = "integers";
    static final String REALS = "reals";

    private PlanFields() {}
}
