package org.spactor.runner.process;

import java.util.ArrayList;
import java.util.List;

/** All that was thought of that a component can do wrong. */
final class BrokenComponents {
    private final List<BrokenComponent> all = new ArrayList<>();

    private BrokenComponents() {
        factories();
        corruptors();
        masks();
        curricula();
        objectives();
        graphs();
        architectures();
        optimizers();
        schedules();
    }

    static List<BrokenComponent> all() {
        return new BrokenComponents().all;
    }

    private void factories() {
        for (String kind : List.of("corruptor", "curriculum", "objective", "architecture", "optimizer", "schedule")) {
            create(kind, "no-product", "return null;", "create()", "returned null");
            create(kind, "no-licence", "throw new IllegalStateException(\"no licence\");", "no licence");
            create(kind, "no-class", "throw new NoClassDefFoundError(\"org/library/Missing\");", "org.library.Missing");
            create(kind, "endless-factory", "return create(options, context);", "create()", "StackOverflowError");
        }
    }

    private void corruptors() {
        lengths("null-lengths", "return null;", "lengths");
        lengths("throwing-lengths", "throw new IllegalStateException(\"boom\");", "lengths(", "boom");
        lengths("endless-lengths", "return lengths(lengths);", "lengths(", "StackOverflowError");
        lengths("asserting-lengths", "throw new AssertionError(\"never\");", "lengths(", "never");
        lengths("no-inputs", "return new FeatureLengths(Map.of());", "inputs");
        lengths("negative-lengths", "return lengths.with(Feature.INPUTS, -3);", "-3");
        lengths("missing-feature", "return lengths.with(Feature.INPUTS, lengths.get(Feature.TARGETS));", "targets");
        corrupt("null-example", "return null;", "null");
        corrupt("throws-state", "throw new IllegalStateException(\"boom\");", "example 0", "boom");
        corrupt("throws-null", "String s = null; s.length(); return example;", "example 0", "NullPointerException");
        corrupt(
                "throws-index",
                "return example.with(Feature.INPUTS, new int[] {inputs[inputs.length]});",
                "example 0",
                "IndexOutOfBounds");
        corrupt("throws-error", "throw new AssertionError(\"never\");", "example 0", "never");
        corrupt("throws-linkage", "throw new NoSuchMethodError(\"gone\");", "example 0", "gone");
        corrupt("throws-checked", "throw sneak(new java.io.IOException(\"disk\"));", "example 0", "disk");
        corrupt("endless", "return corrupt(example, random);", "example 0", "StackOverflowError");
        corrupt(
                "unknown-feature",
                "return example.with(Feature.INPUTS, example.get(Feature.tokens(\"nowhere\")));",
                "nowhere");
        corrupt("extra-feature", "return example.with(Feature.tokens(\"surprise\"), new int[] {3});", "surprise");
        corrupt("lost-feature", "return Example.of(example.get(Feature.INPUTS));", "targets");
        corrupt("two-domains", "return example.with(Feature.labels(\"inputs\", 3), new int[] {1});", "inputs");
        corrupt("misnamed-feature", "return example.with(Feature.tokens(\"In Puts\"), new int[] {3});", "In Puts");
        corrupt(
                "too-long-inputs",
                "return example.with(Feature.INPUTS, Arrays.copyOf(inputs, inputs.length + 9));",
                "inputs",
                "length");
        corrupt(
                "too-long-targets",
                "return example.with(Feature.TARGETS, Arrays.copyOf(inputs, inputs.length + 9));",
                "targets",
                "length");
        for (String feature : List.of("INPUTS", "TARGETS")) {
            String called = feature.toLowerCase(java.util.Locale.ROOT);
            id(feature, called, "negative-id-of-" + called, "-1");
            id(feature, called, "id-behind-the-table-of-" + called, "size");
            id(feature, called, "greatest-id-of-" + called, "Integer.MAX_VALUE");
            id(feature, called, "least-id-of-" + called, "Integer.MIN_VALUE");
        }
        feature("position-minus-two", "Feature.positions(\"marks\", Feature.INPUTS)", "-2", "marks", "-2");
        feature(
                "position-behind-the-end",
                "Feature.positions(\"marks\", Feature.INPUTS)",
                "inputs.length",
                "marks",
                "inputs");
        feature("greatest-position", "Feature.positions(\"marks\", Feature.INPUTS)", "Integer.MAX_VALUE", "marks");
        feature(
                "position-in-nothing",
                "Feature.positions(\"marks\", Feature.tokens(\"nothing\"))",
                "0",
                "marks",
                "nothing");
        feature("label-too-great", "Feature.labels(\"marks\", 2)", "2", "marks", "2 labels");
        feature("label-minus-two", "Feature.labels(\"marks\", 2)", "-2", "marks", "-2");
        feature("no-labels", "Feature.labels(\"marks\", 0)", "0", "label");
        corrupt(
                "sentinel-minus-one",
                "return example.with(Feature.INPUTS, new int[] {vocabulary.sentinel(-1)});",
                "extra_id_-1");
        corrupt(
                "too-many-sentinels",
                "return example.with(Feature.INPUTS, new int[] {vocabulary.sentinel(1000)});",
                "extra_id_1000");
        corrupt("piece-of-nothing", "vocabulary.piece(-5); return example;", "no token -5");
        corrupt(
                "fails-later",
                "if (random.nextBoolean()) { throw new IllegalStateException(\"late\"); } return example;",
                "late");
    }

    private void masks() {
        mask("null-mask", "return null;", "corrupt() of example");
        mask("short-mask", "return new boolean[segment.length() - 1];", "entries for a segment");
        mask("long-mask", "return new boolean[segment.length() + 1];", "entries for a segment");
        mask("throwing-mask", "throw new IllegalStateException(\"boom\");", "boom");
        mask(
                "beyond-the-segment",
                "segment.token(segment.length()); return new boolean[segment.length()];",
                "IndexOutOfBounds");
        bounds("null-bounds", "return null;", "lengths(");
        bounds("small-bounds", "return new Bounds(length, 1);", "targets", "length");
        bounds("negative-bounds", "return new Bounds(-7, 4);", "-6");
    }

    private void curricula() {
        curriculum("null-losses", "return null;", Weights.SC, "losses()", "null");
        curriculum("empty-losses", "return List.of();", Weights.SC, "losses()");
        curriculum("null-in-losses", "return Arrays.asList(\"sc\", null);", Weights.SC, "losses()");
        curriculum("throwing-losses", "throw new IllegalStateException(\"boom\");", Weights.SC, "losses()", "boom");
        curriculum(
                "unknown-loss", "return List.of(\"sc\", \"z\");", Weights.SC, "'z'", "the objective 'span-corruption'");
        curriculum(
                "nothing-in-common",
                "return List.of(\"z\");",
                Weights.SC,
                "no loss in common",
                "the objective 'span-corruption'",
                "weighted");
        extra("null-optional-losses", "public Set<String> optionalLosses() { return null; }", "optionalLosses()");
        extra(
                "throwing-optional-losses",
                "public Set<String> optionalLosses() { throw new IllegalStateException(\"boom\"); }",
                "optionalLosses()",
                "boom");
        extra("null-watches", "public Set<String> watches() { return null; }", "watches()");
        extra(
                "throwing-watches",
                "public Set<String> watches() { throw new IllegalStateException(\"boom\"); }",
                "watches()",
                "boom");
        extra(
                "watches-nothing-there",
                "public Set<String> watches() { return Set.of(\"accuracy\"); }",
                "accuracy",
                "'sc'");
        at("null-plan", "return null;", "at(step 0 of 3)", "null");
        at("throwing-plan", "throw new IllegalStateException(\"boom\");", "at(step 0 of 3)", "boom");
        at("endless-plan", "return at(progress);", "at(step 0 of 3)", "StackOverflowError");
        at("empty-plan", "return new StepPlan(\"s\", Map.of());", "at(step 0 of 3)", "nothing to learn");
        at("weight-zero", "return new StepPlan(\"s\", Map.of(\"sc\", 0.0));", "nothing to learn");
        at("weight-negative", "return new StepPlan(\"s\", Map.of(\"sc\", -1.0));", "'sc'", "-1.0");
        at("weight-nan", "return new StepPlan(\"s\", Map.of(\"sc\", Double.NaN));", "'sc'", "NaN");
        at("weight-infinite", "return new StepPlan(\"s\", Map.of(\"sc\", 1.0 / 0.0));", "'sc'", "Infinity");
        at("undeclared-loss", "return new StepPlan(\"s\", Map.of(\"sc\", 1.0, \"z\", 1.0));", "'z'", "losses()");
        at("null-weights", "return new StepPlan(\"s\", null);", "NullPointerException");
        at(
                "null-loss",
                "Map<String, Double> m = new HashMap<>(); m.put(null, 1.0); return new StepPlan(\"s\", m);",
                "at(step 0 of 3)");
        at(
                "null-weight",
                "Map<String, Double> m = new HashMap<>(); m.put(\"sc\", null); return new StepPlan(\"s\", m);",
                "at(step 0 of 3)");
        at("null-stage", "return new StepPlan(null, Map.of(\"sc\", 1.0));", "stage");
        at("nameless-stage", "return new StepPlan(\"\", Map.of(\"sc\", 1.0));", "stage");
        at("quoted-stage", "return new StepPlan(\"s\\\"\", Map.of(\"sc\", 1.0));", "stage");
        at("stage-of-two-lines", "return new StepPlan(\"s\\ns\", Map.of(\"sc\", 1.0));", "stage");
        at(
                "fails-later",
                "if (progress.step() == 2) { throw new IllegalStateException(\"late\"); } return sc();",
                "at(step 2 of 3)",
                "late");
        at(
                "undeclared-later",
                "return progress.step() < 2 ? sc() : new StepPlan(\"t\", Map.of(\"z\", 1.0));",
                "at(step 2 of 3)",
                "'z'");
        at(
                "nothing-later",
                "return progress.step() < 2 ? sc() : new StepPlan(\"t\", Map.of());",
                "at(step 2 of 3)",
                "nothing to learn");
        at("no-validations-yet", "progress.validations().get(9); return sc();", "at(step 0 of 3)", "IndexOutOfBounds");
        at(
                "validation-unknown",
                "for (var v : progress.validations()) { v.losses().get(\"z\").doubleValue(); } return sc();",
                "at(",
                "NullPointerException");
    }

    private void objectives() {
        objective("null-losses", "public List<String> losses() { return null; }", "losses()");
        objective("no-losses", "public List<String> losses() { return List.of(); }", "losses()", "no loss");
        objective("twice-the-same", "public List<String> losses() { return List.of(\"sc\", \"sc\"); }", "twice");
        objective("nameless-loss", "public List<String> losses() { return List.of(\"\"); }", "loss");
        objective("dotted-loss", "public List<String> losses() { return List.of(\"loss.sc\"); }", "loss.sc");
        objective("null-loss", "public List<String> losses() { return Arrays.asList(\"sc\", null); }", "loss");
        objective(
                "throwing-losses",
                "public List<String> losses() { throw new IllegalStateException(\"boom\"); }",
                "losses()",
                "boom");
        objective(
                "validates-another",
                "public List<String> validationLosses() { return List.of(\"z\"); }",
                "validationLosses()",
                "[z]");
        objective("validates-null", "public List<String> validationLosses() { return null; }", "validationLosses()");
        objective(
                "validates-nothing",
                "public List<String> validationLosses() { return List.of(); }",
                "validationLosses()");
        objective(
                "null-needs", "public Set<Class<? extends Part>> needs(Set<String> active) { return null; }", "needs(");
        objective(
                "throwing-needs",
                "public Set<Class<? extends Part>> needs(Set<String> active) { throw new IllegalStateException(\"boom\"); }",
                "needs(",
                "boom");
        objective(
                "needs-what-nobody-has",
                "interface Oracle extends Part {} public Set<Class<? extends Part>> needs(Set<String> active) { return Set.of(Oracle.class); }",
                "Oracle",
                "the architecture 't5'");
        objective(
                "needs-a-causal-decoder",
                "public Set<Class<? extends Part>> needs(Set<String> active) { return Set.of(CausalDecoder.class); }",
                "CausalDecoder",
                "it has Encoder, Decoder, TokenGenerator");
        objective(
                "throwing-comparison",
                "public boolean comparesExamples() { throw new IllegalStateException(\"boom\"); }",
                "comparesExamples()",
                "boom");
        build("builds-nothing", "", "the losses []");
        build("adds-another", "g.loss(\"sc\", ce); g.loss(\"z\", ce);", "z");
        build("adds-twice", "g.loss(\"sc\", ce); g.loss(\"sc\", ce);", "twice");
        build("null-sum", "g.loss(\"sc\", new TokenSum(null, ce.count()));", "build(");
        build("null-count", "g.loss(\"sc\", new TokenSum(ce.sum(), null));", "build(");
        build("null-token-sum", "g.loss(\"sc\", null);", "build(");
        build("sum-with-a-shape", "g.loss(\"sc\", new TokenSum(logits, ce.count()));", "sc");
        build("count-with-a-shape", "g.loss(\"sc\", new TokenSum(ce.sum(), logits));", "sc");
        build("count-of-integers", "g.loss(\"sc\", new TokenSum(ce.sum(), targets));", "sc");
        build("count-that-is-learnt", "g.loss(\"sc\", new TokenSum(ce.sum(), ce.sum()));", "sc");
        build(
                "count-of-zero",
                "g.loss(\"sc\", new TokenSum(ce.sum(), g.constant(new float[] {0})));",
                "'sc'",
                "counted no token");
        build("count-below-zero", "g.loss(\"sc\", new TokenSum(ce.sum(), g.constant(new float[] {-1})));", "sc", "-");
        build(
                "count-not-a-number",
                "g.loss(\"sc\", new TokenSum(ce.sum(), g.constant(new float[] {Float.NaN})));",
                "sc");
        build("throws", "throw new IllegalStateException(\"boom\");", "build(", "boom");
        build("endless", "add(g, architecture, active, logits, targets, ce);", "build(", "StackOverflowError");
        build("metric-like-a-loss", "g.metric(\"loss.sc\", ce);", "loss.sc");
        build("nameless-metric", "g.metric(\"\", ce);", "metric");
        build("one-word-metric", "g.metric(\"step\", ce);", "metric 'step'");
        build("metric-twice", "g.metric(\"a.b\", ce); g.metric(\"a.b\", ce);", "twice");
        build("undeclared-part", "architecture.require(CausalDecoder.class);", "CausalDecoder", "needs");
        build("feature-of-nobody", "g.feature(Feature.tokens(\"nowhere\"));", "nowhere");
        build("feature-of-another-kind", "g.feature(Feature.labels(\"targets\", 3));", "targets");
    }

    private void graphs() {
        build("null-operand", "logits.add((Value) null);", "add");
        build("value-of-another-graph", "if (kept == null) { kept = logits; } logits.add(kept);", "build(");
        build("shapes-that-do-not-fit", "logits.add(g.constant(new float[7], 7));", "add", "7");
        build("product-that-does-not-fit", "logits.matmul(logits);", "matmul");
        build("product-of-integers", "targets.matmul(targets);", "matmul");
        build("arithmetic-on-ids", "targets.add(targets);", "add", "INT");
        build("linear-that-does-not-fit", "g.linear(logits, g.parameter(\"w\", Initializer.ones(), 3, 3));", "linear");
        build("axis-that-is-not-there", "logits.sum(9);", "9");
        build("axis-twice", "logits.sum(0, 0);", "sum");
        build("reshape-that-does-not-fit", "logits.reshape(7, 7);", "reshape");
        build("reshape-with-two-gaps", "logits.reshape(-1, -1);", "reshape");
        build("permutation-that-is-none", "logits.permute(0, 0, 1);", "permute");
        build("slice-behind-the-end", "logits.slice(0, 0, 10000);", "slice");
        build("slice-backwards", "logits.slice(0, 1, 0);", "slice");
        build("squeeze-of-a-long-axis", "logits.squeeze(2);", "squeeze");
        build("concat-of-nothing", "g.concat(0);", "concat");
        build("concat-of-two-kinds", "g.concat(0, logits, targets);", "concat");
        build("constant-of-another-size", "g.constant(new float[3], 2, 2);", "constant");
        build(
                "ids-behind-a-small-table",
                "g.embedding(g.parameter(" + "\"w\", Initializer.ones(), 5, 4), targets);",
                "embedding");
        build(
                "ids-below-zero",
                "g.embedding(g.parameter(\"w\", Initializer.ones(), 5, 4), g.constant(new int[] {-1}, 1));",
                "embedding");
        build("labels-behind-the-logits", "g.crossEntropy(logits.slice(2, 0, 9), targets, 0);", "8191");
        build("labels-below-zero", "g.crossEntropy(logits, filled(g, targets, -5), 0);", "-5");
        build("positions-behind-the-end", "g.statesAt(logits, targets);", "8191");
        build("token-positions-behind-the-end", "g.tokensAt(targets, targets);", "8191");
        build("replaced-positions-behind-the-end", "g.replaceTokens(targets, targets, targets);", "8191");
        build("heads-that-do-not-divide", "g.attention(Attention.of(logits, logits, logits, 3));", "heads");
        build("no-heads", "g.attention(Attention.of(logits, logits, logits, 0));", "heads");
        build(
                "prefix-without-cause",
                "new Attention(logits, logits, logits, 1, null, null, false, targets, 0);",
                "causal");
        build("dropout-of-everything", "g.dropout(logits, 1);", "dropout");
        build("cold-draw", "g.sampleCategorical(logits, 0);", "temperature");
        build("nameless-parameter", "g.parameter(\"\", Initializer.ones(), 3);", "parameter");
        build("parameter-of-two-lines", "g.parameter(\"a\\nb\", Initializer.ones(), 3);", "parameter");
        build("null-parameter", "g.parameter(null, Initializer.ones(), 3);", "parameter");
        build("empty-parameter", "g.parameter(\"w\", Initializer.ones(), 0, 3);", "parameter");
        build("negative-parameter", "g.parameter(\"w\", Initializer.ones(), -2, 3);", "parameter");
        build(
                "parameter-of-two-shapes",
                "g.parameter(\"w\", Initializer.ones(), 3); g.parameter(\"w\", Initializer.ones(), 4);",
                "'w'");
        build(
                "parameter-of-two-beginnings",
                "g.parameter(\"w\", Initializer.ones(), 3); g.parameter(\"w\", Initializer.zeros(), 3);",
                "'w'");
        build("no-initializer", "g.parameter(\"w\", null, 3);", "'w'");
        build("odd-rotation", "g.rotaryPositions(logits.slice(2, 0, 9), 3, 10000);", "rotary");
    }

    private void architectures() {
        architecture("no-parts", "record Net() implements Architecture {}", "has no", "Encoder", "Decoder");
        architecture(
                "null-part",
                "record Net() implements Architecture { public <P extends Part> Optional<P> part(Class<P> type) { return null; } }",
                "part(");
        architecture(
                "throwing-part",
                "record Net() implements Architecture { public <P extends Part> Optional<P> part(Class<P> type) { throw new IllegalStateException(\"boom\"); } }",
                "part(",
                "boom");
        encode("null-encoding", "return null;", "Encoder.encode()", "null");
        encode("throwing-encoding", "throw new IllegalStateException(\"boom\");", "Encoder.encode()", "boom");
        encode("endless-encoding", "return encode(g, tokens);", "Encoder.encode()", "StackOverflowError");
        encode(
                "small-table",
                "return new Encoded(g.embedding(g.parameter(\"t\", Initializer.ones(), 5, 4), tokens), tokens);",
                "embedding");
        encode(
                "misfitting-encoding",
                "return new Encoded(g.linear(embed(g, tokens), g.parameter(\"w\", Initializer.ones(), 9, 9)), tokens);",
                "linear");
        decode("null-decoding", "return null;", "Decoder.decode()", "null");
        decode("throwing-decoding", "throw new IllegalStateException(\"boom\");", "Decoder.decode()", "boom");
        project("null-projection", "return null;", "Decoder.project()", "null");
        project("throwing-projection", "throw new IllegalStateException(\"boom\");", "Decoder.project()", "boom");
        project(
                "misfitting-projection",
                "return g.linear(hidden, g.parameter(\"w\", Initializer.ones(), 9, 9));",
                "linear");
    }

    private void optimizers() {
        optimizer("rate-zero", "public double learningRate() { return 0; }", "learningRate()", "0.0");
        optimizer("rate-nan", "public double learningRate() { return Double.NaN; }", "learningRate()", "NaN");
        optimizer(
                "rate-throws",
                "public double learningRate() { throw new IllegalStateException(\"boom\"); }",
                "learningRate()",
                "boom");
        declaration("throwing", "throw new IllegalStateException(\"boom\");", "boom");
        declaration("nothing-set", "u.slot(\"m\");", "sets no new value");
        declaration("null-slot", "u.slot(null);", "no name of a slot");
        declaration("slot-twice", "u.slot(\"m\"); u.slot(\"m\");", "'m'", "declared twice");
        declaration("sets-gradient", "u.set(u.gradient(), u.number(1));", "can be set");
        declaration("sets-twice", "u.set(u.value(), u.number(1)); u.set(u.value(), u.number(2));", "set twice");
        declaration("sets-null", "u.set(u.value(), null);", "not its own");
        declaration("too-large", "u.set(u.slotOfOne(\"m\"), u.value());", "'m'", "one element");
        declaration("mean-of-a-number", "u.learningRate().meanOfRows();", "means of rows or columns");
        declaration(
                "foreign",
                "if (other != null) { u.set(u.value(), other); } other = u.value(); u.set(u.value(), other);",
                "not its own");
        optimizer(
                "refuses-parameters",
                "public void requireParameters(Set<String> names) { throw new IllegalStateException(\"boom\"); }",
                "requireParameters()",
                "boom");
    }

    private void schedules() {
        schedule("factor-nan", "return Double.NaN;", "factor(step 0 of 3)", "NaN");
        schedule("factor-negative", "return -0.5;", "factor(step 0 of 3)", "-0.5");
        schedule("factor-infinite", "return 1.0 / 0.0;", "factor(step 0 of 3)", "Infinity");
        schedule("throwing-factor", "throw new IllegalStateException(\"boom\");", "factor(step 0 of 3)", "boom");
        schedule("late-factor", "return step < 2 ? 1 : Double.NaN;", "factor(step 2 of 3)", "NaN");
    }

    private static final class Weights {
        private static final String SC = "return sc();";
    }

    private void create(String kind, String name, String body, String... says) {
        add(kind, name, body, says);
    }

    private void lengths(String name, String body, String... says) {
        corruptor(name, body, "return example.with(Feature.TARGETS, example.get(Feature.INPUTS));", says);
    }

    private void corrupt(String name, String body, String... says) {
        corruptor(
                name,
                "return lengths.with(Feature.TARGETS, lengths.get(Feature.INPUTS));",
                "int[] inputs = example.get(Feature.INPUTS); int size = vocabulary.size();"
                        + " example = example.with(Feature.TARGETS, inputs); if (inputs.length > 0) { " + body
                        + " } return example;",
                says);
    }

    private void id(String feature, String called, String name, String id) {
        corrupt(
                name,
                "inputs[2] = " + id + "; return example.with(Feature." + feature + ", inputs);",
                called,
                "at place 2");
    }

    private void feature(String name, String feature, String value, String... says) {
        corruptor(
                name,
                "return lengths.with(Feature.TARGETS, lengths.get(Feature.INPUTS)).with(" + feature + ", 1);",
                "int[] inputs = example.get(Feature.INPUTS);" + " return example.with(Feature.TARGETS, inputs).with("
                        + feature + ", new int[] {" + value + "});",
                says);
    }

    private void corruptor(String name, String lengths, String corrupt, String... says) {
        add("corruptor", name, """
                Vocabulary vocabulary = context.vocabulary();
                return new Corruptor() {
                    public FeatureLengths lengths(FeatureLengths lengths) { %s }
                    public Example corrupt(Example example, RandomGenerator random) { %s }
                };
                """.formatted(lengths, corrupt), says);
    }

    private void mask(String name, String body, String... says) {
        add(
                "corruptor",
                name,
                "return new SentinelCorruptor((segment, random) -> { " + body + " }, context.vocabulary());",
                says);
    }

    private void bounds(String name, String body, String... says) {
        add("corruptor", name, """
                return new SentinelCorruptor(new NoiseMask() {
                    public boolean[] draw(Segment segment, RandomGenerator random) {
                        boolean[] noise = new boolean[segment.length()];
                        Arrays.fill(noise, segment.length() / 2, segment.length(), true);
                        return noise;
                    }
                    public Bounds bounds(int length) { %s }
                }, context.vocabulary());
                """.formatted(body), says);
    }

    private void at(String name, String body, String... says) {
        curriculum(name, "return List.of(\"sc\");", body, says);
    }

    private void extra(String name, String method, String... says) {
        curriculum(name, "return List.of(\"sc\"); } " + method + " void unused() {", Weights.SC, says);
    }

    private void curriculum(String name, String losses, String at, String... says) {
        add("curriculum", name, """
                return new Curriculum() {
                    public List<String> losses() { %s }
                    public StepPlan at(Progress progress) { %s }
                    StepPlan sc() { return new StepPlan("only", Map.of("sc", 1.0)); }
                };
                """.formatted(losses, at), says);
    }

    private void objective(String name, String method, String... says) {
        add("objective", name, "class Changed extends Denoise { " + method + " } return new Changed();", says);
    }

    private void build(String name, String body, String... says) {
        add("objective", name, """
                class Changed extends Denoise {
                    public void add(Graph g, Architecture architecture, Set<String> active, Value logits, Value targets, TokenSum ce) {
                        %s
                    }
                }
                return new Changed();
                """.formatted(body), says);
    }

    private void encode(String name, String body, String... says) {
        network(name, "public Encoded encode(Graph g, Value tokens) { " + body + " }", says);
    }

    private void decode(String name, String body, String... says) {
        network(name, "public Value decode(Graph g, Encoded encoded, Value tokens) { " + body + " }", says);
    }

    private void project(String name, String body, String... says) {
        network(name, "public Value project(Graph g, Value hidden) { " + body + " }", says);
    }

    private void network(String name, String method, String... says) {
        add("architecture", name, "class Changed extends Network { " + method + " } return new Changed();", says);
    }

    private void architecture(String name, String type, String... says) {
        add("architecture", name, type + " return new Net();", says);
    }

    private void declaration(String name, String statements, String... says) {
        List<String> all = new ArrayList<>(List.of("declare() of '"));
        all.addAll(List.of(says));
        optimizer(
                name,
                "Quantity other; public void declare(Update u) { " + statements + " }",
                all.toArray(String[]::new));
    }

    private void optimizer(String name, String method, String... says) {
        add("optimizer", name, "class Changed extends Descent { " + method + " } return new Changed();", says);
    }

    private void schedule(String name, String body, String... says) {
        add("schedule", name, "return (step, total) -> { " + body + " };", says);
    }

    private void add(String kind, String name, String body, String... says) {
        all.add(new BrokenComponent(kind, name, body, List.of(says)));
    }
}
