package org.spactor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.Feature;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.vocabulary.Vocabulary;

@Timeout(20)
class BatchPipelineTest {
    @Test
    void batchesComeInOrderFromTheFirstStepOn() {
        try (BatchPipeline pipeline = new BatchPipeline(BatchPipelineTest::batch, 17)) {
            for (long step = 17; step < 217; step++) {
                assertThat(stepOf(pipeline.next())).isEqualTo(step);
            }
        }
    }

    @Test
    void noMoreIsPreparedThanTheDepth() throws InterruptedException {
        AtomicLong latest = new AtomicLong(-1);
        try (BatchPipeline pipeline = new BatchPipeline(
                step -> {
                    latest.set(step);
                    return batch(step);
                },
                0,
                3)) {
            // Three are ready, and the fourth waits for room.
            await(() -> latest.get() == 3);
            Thread.sleep(50);
            assertThat(latest).hasValue(3);

            pipeline.next();
            await(() -> latest.get() == 4);
        }
    }

    @Test
    void aFailureComesInItsTurnAndStays() {
        IllegalStateException failure = new IllegalStateException("no idea");
        try (BatchPipeline pipeline = new BatchPipeline(
                step -> {
                    if (step == 2) {
                        throw failure;
                    }
                    return batch(step);
                },
                0)) {
            assertThat(stepOf(pipeline.next())).isZero();
            assertThat(stepOf(pipeline.next())).isEqualTo(1);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(pipeline::next)
                        .isInstanceOf(DataException.class)
                        .hasMessageContaining("step 2")
                        .hasMessageContaining("no idea")
                        .hasCause(failure);
            }
        }
    }

    @Test
    void anErrorOfTheMachineIsNotLostEither() {
        try (BatchPipeline pipeline = new BatchPipeline(
                step -> {
                    throw new OutOfMemoryError("test");
                },
                0)) {
            assertThatThrownBy(pipeline::next)
                    .isInstanceOf(DataException.class)
                    .hasCauseInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void closingStopsTheThread() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        BatchPipeline pipeline = new BatchPipeline(
                step -> {
                    thread.set(Thread.currentThread());
                    return batch(step);
                },
                0);
        pipeline.next();
        assertThat(thread.get().isDaemon()).isTrue();

        pipeline.close();
        pipeline.close();

        assertThat(thread.get().isAlive()).isFalse();
        assertThatThrownBy(pipeline::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void closingWakesWhoWaits() {
        CountDownLatch never = new CountDownLatch(1);
        BatchPipeline pipeline = new BatchPipeline(
                step -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return batch(step);
                },
                0);
        CompletableFuture<Batch> waiting = CompletableFuture.supplyAsync(pipeline::next);

        pipeline.close();

        assertThatThrownBy(waiting::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void theTimeSpentWaitingIsMeasured() {
        try (BatchPipeline pipeline = new BatchPipeline(
                step -> {
                    sleep(30);
                    return batch(step);
                },
                0)) {
            pipeline.next();
            pipeline.next();

            assertThat(pipeline.waitedNanos()).isBetween(20_000_000L, 20_000_000_000L);
        }
    }

    private static Batch batch(long step) {
        return Batch.of(List.of(Example.of(new int[] {(int) step})), FeatureLengths.ofSegment(1), Vocabulary.sample(3));
    }

    private static long stepOf(Batch batch) {
        return batch.feature(Feature.INPUTS)[0];
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            sleep(1);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
