package org.spactor.runner.configuration.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.component.Option;
import org.spactor.runner.configuration.layer.ConfigurationNode;
import org.spactor.runner.configuration.layer.TestLayers;
import org.spactor.runner.configuration.problem.Problem;
import org.spactor.runner.configuration.problem.Problems;
import org.yaml.snakeyaml.Yaml;

class OptionsBinderTest {
    private final Problems problems = new Problems();
    private final OptionsBinder binder = new OptionsBinder(problems);

    enum Activation {
        RELU,
        GATED_GELU
    }

    record Inner(
            @Option(description = "Inner rate", defaultValue = "0.5", range = "[0, 1]")
            double rate,

            @Option(description = "Inner name", defaultValue = "x")
            String name) {}

    record Everything(
            @Option(description = "Whole", defaultValue = "3", range = "[1, 10]")
            int wholeNumber,

            @Option(description = "Large", defaultValue = "5000000000")
            long large,

            @Option(description = "Decimal", defaultValue = "0.1", range = "(0, 1)")
            double decimal,

            @Option(description = "Truth", defaultValue = "true")
            boolean truth,

            @Option(description = "Text", defaultValue = "a text")
            String text,

            @Option(description = "Activation", defaultValue = "gated-gelu")
            Activation activation,

            @Option(description = "Numbers", defaultValue = "1, 2", range = "[0, inf)")
            List<Integer> numbers,

            @Option(description = "Texts", defaultValue = "")
            List<String> texts,

            @Option(description = "Activations", defaultValue = "relu")
            List<Activation> activations,

            @Option(description = "Inner", defaultValue = "")
            Inner inner) {}

    private static final Everything DEFAULTS = new Everything(
            3,
            5_000_000_000L,
            0.1,
            true,
            "a text",
            Activation.GATED_GELU,
            List.of(1, 2),
            List.of(),
            List.of(Activation.RELU),
            new Inner(0.5, "x"));

    record Required(
            @Option(description = "Number of steps") int steps,
            @Option(description = "Name of it") String name) {}

    record Choosy(
            @Option(description = "Low", defaultValue = "0") int low,

            @Option(description = "High", defaultValue = "1")
            int high) {
        Choosy {
            if (low < 0) {
                throw new IllegalArgumentException("the sum is negative");
            }
            if (high < low) {
                throw new InvalidOptionException("high", high + " is below 'low', which is " + low);
            }
        }
    }

    record NoOptions() {}

    record Table(
            @Option(description = "Rows", defaultValue = "") List<Inner> rows) {}

    @Test
    void whatIsNotGivenHasItsDefault() {
        assertThat(bind(Everything.class, "{}")).contains(DEFAULTS);
        assertThat(binder.bind(Everything.class, ConfigurationNode.absent("here")))
                .contains(DEFAULTS);
        assertThat(bind(NoOptions.class, "{}")).contains(new NoOptions());
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void everyTypeIsRead() {
        Optional<Everything> everything = bind(Everything.class, """
                whole-number: 7
                large: 1_000_000_000_000
                decimal: 1e-4
                truth: false
                text: 0.10
                activation: relu
                numbers: [3, 0]
                texts: [no, 'a, b']
                activations: [gated-gelu, relu]
                inner: {rate: 1}
                """);

        assertThat(problems.list()).isEmpty();
        assertThat(everything)
                .contains(new Everything(
                        7,
                        1_000_000_000_000L,
                        1e-4,
                        false,
                        "0.10",
                        Activation.RELU,
                        List.of(3, 0),
                        List.of("no", "a, b"),
                        List.of(Activation.GATED_GELU, Activation.RELU),
                        new Inner(1, "x")));
    }

    @Test
    void aListOfMappingsIsAListOfRecordsEachWithItsDefaults() {
        assertThat(bind(Table.class, "{}")).contains(new Table(List.of()));
        Table table = bind(Table.class, "rows: [{rate: 1}, {name: y}]").orElseThrow();
        assertThat(table).isEqualTo(new Table(List.of(new Inner(1, "x"), new Inner(0.5, "y"))));
        assertThat(OptionsTree.of(table))
                .isEqualTo(Map.of("rows", List.of(Map.of("rate", 1.0, "name", "x"), Map.of("rate", 0.5, "name", "y"))));
        assertThat(OptionsDescription.of(Table.class))
                .extracting(row -> row.key() + " " + row.defaultValue())
                .containsExactly("rows[].rate 0.5", "rows[].name x");
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void whatIsWrongInAListOfMappingsIsToldWithItsPlace() {
        assertThat(bind(Table.class, "rows: [{rate: 1}, {rate: 2, nme: z}]")).isEmpty();
        assertThat(bind(Table.class, "rows: some")).isEmpty();
        assertThat(problems.list())
                .extracting(problem -> problem.key() + ": " + problem.message())
                .containsExactlyInAnyOrder(
                        "here.rows[1].rate: 2 is not within [0, 1]",
                        "here.rows[1].nme: unknown key. Did you mean 'here.rows[1].name'?",
                        "here.rows: expected a list of mappings, but found 'some'");
    }

    @Test
    void wholeNumbersMayBeWrittenWithAnExponent() {
        assertThat(bind(Required.class, "{steps: 1e6, name: n}")).contains(new Required(1_000_000, "n"));
    }

    @Test
    void aListMayBeWrittenAsOneTextWithCommas() {
        assertThat(bind(Everything.class, "{numbers: '4, 5', texts: a.txt}").orElseThrow())
                .satisfies(options -> assertThat(options.numbers()).containsExactly(4, 5))
                .satisfies(options -> assertThat(options.texts()).containsExactly("a.txt"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "decimal: 1.4             | here.decimal: 1.4 is not within (0, 1)",
                "decimal: abc             | here.decimal: 'abc' is not a number within (0, 1)",
                "decimal: .nan            | here.decimal: '.nan' is not a number within (0, 1)",
                "inner: {rate: -1}        | here.inner.rate: -1 is not within [0, 1]",
                "whole-number: 2.5        | here.whole-number: 2.5 is not a whole number",
                "whole-number: 11         | here.whole-number: 11 is not within [1, 10]",
                "large: 1e30              | here.large: 1e30 is not within [-9223372036854775808, 9223372036854775807]",
                "large: 1e999999999       | here.large: 1e999999999 is not within [-9223372036854775808, 9223372036854775807]",
                "truth: maybe             | here.truth: 'maybe' is neither true nor false",
                "activation: gated_gelu   | here.activation: no choice 'gated_gelu'. Did you mean 'gated-gelu'?  Available: relu, gated-gelu",
                "numbers: [1, -1]         | here.numbers[1]: -1 is not within [0, inf)",
                "numbers: [1, {a: 1}]     | here.numbers[1]: expected a whole number, but found a mapping",
                "numbers: {a: 1}          | here.numbers: expected a list of whole numbers, but found a mapping",
                "decimal: [0.1]           | here.decimal: expected a number, but found a list",
                "inner: deep              | here.inner: expected a mapping of rate, name, but found 'deep'",
                "wholenumber: 1           | here.wholenumber: unknown key. Did you mean 'here.whole-number'?",
                "inner: {rat: 1}          | here.inner.rat: unknown key. Did you mean 'here.inner.rate'?",
                "inner: {colour: 1}       | here.inner.colour: unknown key. Known here: rate, name",
            })
    void aProblemSaysWhatIsWrongAndWhatIsAllowed(String yaml, String problem) {
        assertThat(bind(Everything.class, "{" + yaml + "}")).isEmpty();
        assertThat(problems.list()).extracting(Problem::toString).containsExactly(problem + "  (--set)");
    }

    @Test
    void aRequiredOptionIsAskedForWithItsMeaning() {
        assertThat(bind(Required.class, "{name: n}")).isEmpty();
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly("here.steps: required. Number of steps");
    }

    @Test
    void allProblemsAreFound() {
        bind(Everything.class, "{decimal: 2, truth: 1, inner: {rate: 3, nam: y}, numbers: [-1, -2], foo: 1}");
        assertThat(problems.list())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        "here.decimal",
                        "here.truth",
                        "here.inner.rate",
                        "here.inner.nam",
                        "here.numbers[0]",
                        "here.numbers[1]",
                        "here.foo");
    }

    @Test
    void whatTheRecordRefusesIsAProblemOfTheOptionItNames() {
        assertThat(bind(Choosy.class, "{low: 3}")).isEmpty();
        assertThat(bind(Choosy.class, "{low: -1}")).isEmpty();
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly("here.high: 1 is below 'low', which is 3", "here: the sum is negative  (--set)");
    }

    @Test
    void anOptionOfAComponentWithoutOptionsIsUnknown() {
        bind(NoOptions.class, "{rate: 1}");
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly("here.rate: unknown key. There are no options here  (--set)");
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        Everything everything = new Everything(
                1,
                -4,
                1e-30,
                false,
                "- it's: \"#1\"",
                Activation.RELU,
                List.of(),
                List.of("a, b", "", "null", "true"),
                List.of(),
                new Inner(0, ""));
        String yaml = new Yaml().dump(OptionsTree.of(everything));
        assertThat(bind(Everything.class, yaml)).contains(everything);
    }

    @Test
    void whatIsWrittenHasEveryKeyInTheOrderOfDeclaration() {
        assertThat(OptionsTree.of(DEFAULTS).toString())
                .isEqualTo("{whole-number=3, large=5000000000, decimal=0.1, truth=true, text=a text,"
                        + " activation=gated-gelu, numbers=[1, 2], texts=[], activations=[relu],"
                        + " inner={rate=0.5, name=x}}");
    }

    @Test
    void aDescriptionHasARowForEveryOption() {
        assertThat(OptionsDescription.of(Everything.class))
                .contains(
                        new OptionRow("whole-number", "whole number", "3", "[1, 10]", "Whole", ""),
                        new OptionRow("activation", "choice", "gated-gelu", "relu, gated-gelu", "Activation", ""),
                        new OptionRow("texts", "list of texts", "[]", "", "Texts", ""),
                        new OptionRow("inner.rate", "number", "0.5", "[0, 1]", "Inner rate", ""))
                .hasSize(11);
        assertThat(OptionsDescription.of(Required.class).get(0).defaultValue()).isEqualTo("required");
    }

    record Undeclared(int steps) {}

    record OfWrongType(
            @Option(description = "Set", defaultValue = "") Set<String> set) {}

    record WithWrongDefault(
            @Option(description = "Rate", defaultValue = "2", range = "(0, 1)")
            double rate) {}

    record WithWrongRange(
            @Option(description = "Rate", defaultValue = "0", range = "0..1")
            double rate) {}

    record WithRangeOfText(
            @Option(description = "Text", defaultValue = "", range = "(0, 1)")
            String text) {}

    @Test
    void wrongDeclarationsAreRefusedByName() {
        assertRefused(Undeclared.class, "Undeclared.steps", "it has no @Option");
        assertRefused(OfWrongType.class, "OfWrongType.set", "java.util.Set<java.lang.String> are not supported");
        assertRefused(WithWrongDefault.class, "WithWrongDefault.rate", "its default is wrong: 2 is not within (0, 1)");
        assertRefused(WithWrongRange.class, "WithWrongRange.rate", "'0..1' is not an interval");
        assertRefused(WithRangeOfText.class, "WithRangeOfText.text", "a range is for numbers only");
    }

    private static void assertRefused(Class<? extends Record> type, String component, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionsSchema.of(type))
                .withMessageContaining(component)
                .withMessageContaining(reason);
    }

    private <T extends Record> Optional<T> bind(Class<T> type, String yaml) {
        return binder.bind(type, TestLayers.node(yaml));
    }
}
