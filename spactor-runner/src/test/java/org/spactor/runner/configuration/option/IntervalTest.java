package org.spactor.runner.configuration.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(0, 1); 0.5; true",
                "(0, 1); 0; false",
                "(0, 1); 1; false",
                "[0, 1]; 0; true",
                "[0, 1]; 1; true",
                "[0, 1]; 1.000001; false",
                "(0, 1]; 1.0; true",
                "[0,1); 1; false",
                "[1, inf); 1e300; true",
                "[1, inf); 0.999; false",
                "(-inf, 0); -3; true",
                "(-inf, inf); 7; true",
                "[0.1, 0.1]; 0.1; true",
            })
    void roundBracketsExcludeAndSquareOnesIncludeTheEnd(String notation, BigDecimal number, boolean contained) {
        assertThat(Interval.parse(notation).contains(number)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0, 1", "(0, 1", "(0 1)", "(a, 1)", "(inf, 1)", "(1, 0)", "(0, 1, 2)"})
    void refusesWhatIsNotAnInterval(String notation) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Interval.parse(notation))
                .withMessageContaining("'" + notation + "'");
    }
}
