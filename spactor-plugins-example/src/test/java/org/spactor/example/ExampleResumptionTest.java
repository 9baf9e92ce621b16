package org.spactor.example;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.architecture.TokenGenerator;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.Feature;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Initializer;
import org.spactor.api.graph.TokenSum;
import org.spactor.api.graph.Value;
import org.spactor.api.objective.Objective;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.testkit.ResumptionContract;

/** Runs of this plugin's components: they train, and are resumed. */
class ExampleResumptionTest {
    @Nested
    class SpansOfWordsWithZ extends ResumptionContract {
        @Override
        protected List<Corruptor> corruptors(Vocabulary vocabulary) {
            return List.of(WholeWordTest.wholeWord(vocabulary));
        }

        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new SpanCorruptionZ().create(new SpanCorruptionZ.Options(), ComponentContext.of(vocabulary));
        }

        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return T5AlibiTest.small(vocabulary);
        }

        @Override
        protected Curriculum curriculum(CurriculumContext context) {
            return CosineHandOverTest.withDefaults(context);
        }

        @Override
        protected Optimizer optimizer(Vocabulary vocabulary) {
            return LionTest.lion(0.1);
        }

        @Override
        protected Schedule schedule(Vocabulary vocabulary) {
            return WarmUpStableDecayTest.schedule(2, 0.2);
        }
    }

    /** Positions that occur more than once reach every operation that takes positions. */
    @Nested
    class ReplacedTokenDetection extends ResumptionContract {
        @Override
        protected List<Corruptor> corruptors(Vocabulary vocabulary) {
            return List.of(
                    WholeWordTest.wholeWord(vocabulary),
                    new ElectraMask().create(new ElectraMask.Options(0.5, 0.85), ComponentContext.of(vocabulary)));
        }

        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return new Detection();
        }
    }

    @Nested
    class Contrasts extends ResumptionContract {
        @Override
        protected List<Corruptor> corruptors(Vocabulary vocabulary) {
            return List.of(Ul2CorruptorTest.sequential(vocabulary));
        }

        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return ContrastiveTest.contrastive(vocabulary);
        }

        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return T5AlibiTest.small(vocabulary);
        }
    }

    @Nested
    class Continuations extends ResumptionContract {
        @Override
        protected List<Corruptor> corruptors(Vocabulary vocabulary) {
            return List.of();
        }

        @Override
        protected Objective objective(Vocabulary vocabulary) {
            return PrefixLmTest.prefixLm(0.5, vocabulary);
        }

        @Override
        protected Architecture architecture(Vocabulary vocabulary) {
            return PrefixDecoderTest.small(vocabulary);
        }
    }

    /** The part of the objective {@code spactor} that reads what {@code electra-mask} makes. */
    private static final class Detection implements Objective {
        @Override
        public List<String> losses() {
            return List.of("mlm", "rtd");
        }

        @Override
        public Set<Class<? extends Part>> needs(Set<String> active) {
            return Set.of(TokenGenerator.class, Encoder.class);
        }

        @Override
        public void build(Graph graph, Architecture architecture, Set<String> active) {
            Value tokens = graph.feature(Feature.INPUTS);
            Value positions = graph.feature(ElectraMask.POSITIONS);
            Value guesses = architecture
                    .require(TokenGenerator.class)
                    .generate(graph, graph.feature(ElectraMask.MASKED), positions);
            graph.loss("mlm", graph.crossEntropy(guesses, graph.tokensAt(tokens, positions), -1));

            Value replaced = graph.replaceTokens(tokens, positions, graph.sampleCategorical(guesses, 1));
            Value hidden =
                    architecture.require(Encoder.class).encode(graph, replaced).hidden();
            Value head = graph.parameter("detection.weight", Initializer.normal(1), 1, hidden.size(-1));
            int pad = graph.vocabulary().pad();
            Value answers = graph.linear(hidden, head);
            Value sum = graph.sigmoidCrossEntropy(answers, graph.replacementLabels(tokens, replaced, pad))
                    .sum();
            // what was drawn must have no say in what the loss is divided by
            graph.loss("rtd", new TokenSum(sum, graph.countAnswers(graph.replacementLabels(tokens, tokens, pad))));
        }
    }
}
