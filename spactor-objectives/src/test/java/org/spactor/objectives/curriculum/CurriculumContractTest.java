package org.spactor.objectives.curriculum;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.CurriculumProvider;
import org.spactor.objectives.DeclaredDefaults;
import org.spactor.testkit.CurriculumContract;

/** The built-in curricula, with their default options. */
class CurriculumContractTest {
    private abstract static class Hybrid extends CurriculumContract {
        abstract CurriculumProvider<?> provider();

        @Override
        protected final Curriculum curriculum(CurriculumContext context) {
            return withDefaults(provider(), context);
        }

        private static <O extends Record> Curriculum withDefaults(
                CurriculumProvider<O> provider, CurriculumContext context) {
            return provider.create(DeclaredDefaults.of(provider), context);
        }

        @Override
        protected final List<String> losses() {
            return List.of("sc", "mlm", "rtd");
        }
    }

    @Nested
    class SpanCorruption extends Hybrid {
        @Override
        CurriculumProvider<?> provider() {
            return new SpanCorruptionCurriculumProvider();
        }
    }

    @Nested
    class Always extends Hybrid {
        @Override
        CurriculumProvider<?> provider() {
            return new HybridCurriculumProvider();
        }
    }

    @Nested
    class Decay extends Hybrid {
        @Override
        CurriculumProvider<?> provider() {
            return new DecayCurriculumProvider();
        }
    }

    @Nested
    class TwoStage extends Hybrid {
        @Override
        CurriculumProvider<?> provider() {
            return new TwoStageCurriculumProvider();
        }
    }

    @Nested
    class Weighted extends Hybrid {
        @Override
        CurriculumProvider<?> provider() {
            return new WeightedCurriculumProvider();
        }
    }

    @Nested
    class ValidationPlateau extends Hybrid {
        @Override
        CurriculumProvider<?> provider() {
            return new ValidationPlateauCurriculumProvider();
        }
    }
}
