package org.spactor.runner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.spactor.api.schedule.ScheduleProvider;
import org.spactor.engine.schedule.InverseSquareRootScheduleProvider;
import org.spactor.engine.schedule.LinearScheduleProvider;
import org.spactor.runner.component.ComponentCalls;
import org.spactor.runner.component.ComponentKinds;
import org.spactor.runner.component.Origin;
import org.spactor.runner.component.RegisteredComponent;
import org.spactor.runner.component.Watchdog;
import org.spactor.runner.configuration.problem.ConfigurationException;

class SchedulePrinterTest {
    @Test
    void aScheduleIsATableWithBarsFromTheFirstStepToTheLast() {
        assertThat(print(new LinearScheduleProvider(), Map.of("warm-up", "2"), 11))
                .isEqualTo("""

                Factor of the learning rate over 11 steps, with {warm-up=2}:
                        STEP  FACTOR
                           0  0.500000    #########################
                           1  1.000000    ##################################################
                           2  1.000000    ##################################################
                           3  0.888889    ############################################
                           4  0.777778    #######################################
                           5  0.666667    #################################
                           6  0.555556    ############################
                           7  0.444444    ######################
                           8  0.333333    #################
                           9  0.222222    ###########
                          10  0.111111    ######
                """);
    }

    @Test
    void optionsThatAreNotGivenHaveTheirDefaults() {
        assertThat(print(new InverseSquareRootScheduleProvider(), Map.of(), 100_000))
                .contains("with {warm-up=10000}")
                .contains("           0  0.010000    ####")
                .contains("      99,999  0.003162    ###");
    }

    @Test
    void aWrongOptionIsRefusedAsInAConfiguration() {
        assertThatThrownBy(() -> print(new LinearScheduleProvider(), Map.of("warmup", "2"), 10))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("warmup: unknown key. Did you mean 'warm-up'?");
    }

    private static String print(ScheduleProvider<?> provider, Map<String, String> options, long steps) {
        StringWriter text = new StringWriter();
        Watchdog watchdog = new Watchdog(Watchdog.PATIENCE, message -> {});
        ComponentCalls calls = new RegisteredComponent<ScheduleProvider<?>>(provider.name(), provider, Origin.builtIn())
                .calls(ComponentKinds.SCHEDULE, watchdog);
        new SchedulePrinter(new PrintWriter(text)).print(provider, calls, options, steps);
        return text.toString();
    }
}
