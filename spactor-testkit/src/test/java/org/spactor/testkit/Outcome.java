package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What came of the tests of a contract.
 *
 * @param passed names of tests that passed or do not apply
 * @param skipped those of them that do not apply
 * @param failed what failed, by name of the test
 */
record Outcome(Set<String> passed, Set<String> skipped, Map<String, Throwable> failed) {
    /** Runs a contract's tests. */
    static Outcome of(Class<?> contract) {
        Outcome outcome = new Outcome(new TreeSet<>(), new TreeSet<>(), new LinkedHashMap<>());
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contract))
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                outcome.add(test, result);
            }
        });
        assertThat(outcome.passed.size() + outcome.failed.size())
                .as("tests of %s", contract.getSimpleName())
                .isPositive();
        return outcome;
    }

    private void add(TestIdentifier test, TestExecutionResult result) {
        if (test.getSource().orElse(null) instanceof MethodSource method) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                failed.put(method.getMethodName(), result.getThrowable().orElseThrow());
            } else {
                passed.add(method.getMethodName());
                if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
                    skipped.add(method.getMethodName());
                }
            }
        }
    }
}
