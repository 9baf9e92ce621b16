package org.spactor.runner.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.data.SentencePieceTokenizer;
import org.spactor.data.Tokenizer;
import picocli.CommandLine.Help.Ansi;

class ExamplePrinterTest {
    private static final String CYAN = "\u001B[36m";
    private static final String BOLD_CYAN = "\u001B[36m\u001B[1m";
    private static final Feature POSITIONS = Feature.positions("positions", Feature.INPUTS);

    private final Tokenizer tokenizer = SentencePieceTokenizer.bundled();

    @Test
    void aSentinelAndWhatItStandsForHaveTheSameColour() {
        String printed = print(Ansi.ON);

        assertThat(printed).contains("one" + BOLD_CYAN + "<extra_id_0>", "\n  " + BOLD_CYAN + "<extra_id_0>");
        assertThat(printed).contains(CYAN + " two three\u001B[39m");
    }

    @Test
    void positionsThatAFeaturePointsToAreUnderlinedInTheInputs() {
        assertThat(print(Ansi.ON)).contains("\u001B[4m four");
    }

    @Test
    void withoutColoursThereIsTextAlone() {
        assertThat(print(Ansi.OFF)).isEqualToNormalizingNewlines("""
                        segment (4)
                          one two three four
                        inputs (4)
                          one<extra_id_0> four </s>
                        targets (4)
                          <extra_id_0> two three </s>
                        positions (1)
                          2
                        """);
    }

    private String print(Ansi ansi) {
        int[] one = tokenizer.encode("one");
        int[] two = tokenizer.encode("two");
        int[] three = tokenizer.encode("three");
        int[] four = tokenizer.encode("four");
        int sentinel = tokenizer.vocabulary().sentinel(0);
        Example example = Example.of(new int[] {
                    one[0], sentinel, four[0], tokenizer.vocabulary().end()
                })
                .with(Feature.TARGETS, new int[] {
                    sentinel, two[0], three[0], tokenizer.vocabulary().end()
                })
                .with(POSITIONS, new int[] {2});
        StringWriter out = new StringWriter();
        new ExamplePrinter(new PrintWriter(out, true), ansi, tokenizer)
                .print(new int[] {one[0], two[0], three[0], four[0]}, example);
        return out.toString();
    }
}
