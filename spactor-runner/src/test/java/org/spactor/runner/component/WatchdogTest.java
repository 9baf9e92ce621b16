package org.spactor.runner.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final BlockingQueue<String> barks = new LinkedBlockingQueue<>();
    private final Watchdog watchdog = new Watchdog(Duration.ofMillis(50), barks::add);
    private final CountDownLatch enough = new CountDownLatch(1);

    @AfterEach
    void close() {
        enough.countDown();
        watchdog.close();
    }

    @Test
    void aComponentThatIsBusyForLongIsNamedWithWhatItDoesAndWhere() throws Exception {
        start(calls("sleeper"));

        String first = barks.poll(20, TimeUnit.SECONDS);
        assertThat(first)
                .startsWith("the corruptor 'sleeper' [built-in] has been busy with corrupt() of example 7 for ")
                .contains(", now at ");
        assertThat(barks.poll(20, TimeUnit.SECONDS)).as("again, later").isNotNull();
    }

    @Test
    void whereOneCallsAnotherTheInnerOneIsNamed() throws Exception {
        Thread thread = new Thread(() -> calls("outer").run("build()", () -> work(calls("inner"))));
        thread.setDaemon(true);
        thread.start();

        assertThat(barks.poll(20, TimeUnit.SECONDS)).contains("'inner'").doesNotContain("'outer'");
    }

    @Test
    void nothingIsSaidOfCallsThatAreOver() throws Exception {
        for (int i = 0; i < 100; i++) {
            calls("quick").run("corrupt()", () -> {});
        }
        TimeUnit.MILLISECONDS.sleep(200);

        assertThat(List.copyOf(barks)).isEmpty();
    }

    private void start(ComponentCalls calls) {
        Thread thread = new Thread(() -> work(calls));
        thread.setDaemon(true);
        thread.start();
    }

    private void work(ComponentCalls calls) {
        calls.run("corrupt() of example 7", () -> {
            try {
                enough.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private ComponentCalls calls(String name) {
        ComponentIdentity identity = new ComponentIdentity("corruptor", name, Origin.builtIn());
        return new ComponentCalls(identity, WatchdogTest.class.getClassLoader(), watchdog);
    }
}
