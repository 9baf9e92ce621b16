package org.spactor.runner.component;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.ArchitectureProvider;
import org.spactor.api.architecture.Part;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.component.Option;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.CorruptorProvider;
import org.spactor.api.corruption.Example;
import org.spactor.api.corruption.FeatureLengths;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.CurriculumProvider;
import org.spactor.api.curriculum.Progress;
import org.spactor.api.curriculum.StepPlan;
import org.spactor.api.graph.Graph;
import org.spactor.api.objective.Objective;
import org.spactor.api.objective.ObjectiveProvider;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.OptimizerProvider;
import org.spactor.api.optimizer.Update;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.schedule.ScheduleProvider;

/**
 * Components for tests. They are found as any are, through files in {@code META-INF/services}, but those files are in
 * folders of their own below {@code components}, where nobody else sees them.
 */
public final class TestComponents {
    private TestComponents() {}

    /** Components that pass as built-in ones. */
    public static ComponentSource builtIn(String folder) {
        return new ComponentSource(Origin.builtIn(), new ServiceFolder(folder));
    }

    /** Components that pass as a plugin's. */
    public static ComponentSource plugin(String folder, Origin.Plugin origin) {
        return new ComponentSource(origin, new ServiceFolder(folder));
    }

    /** A registry of components that pass as built-in ones. */
    public static ComponentRegistryFactory factory(String folder) {
        return new ComponentRegistryFactory(ComponentKinds.ALL, Set.of(settings -> List.of(builtIn(folder))), Set.of());
    }

    private static final class ServiceFolder extends ClassLoader {
        private final String folder;

        private ServiceFolder(String folder) {
            super(TestComponents.class.getClassLoader());
            this.folder = folder;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return super.getResources("components/" + folder + "/" + name);
        }
    }

    public record NoOptions() {}

    public static final class Span implements CorruptorProvider<Span.SpanOptions> {
        public enum Ends {
            KEEP,
            CUT_OFF,
            REPLACE_BY_A_SENTINEL,
            LEAVE_TO_THE_NEXT_SEGMENT
        }

        public record SpanOptions(
                @Option(
                        description = "Share of a segment's tokens that are noise",
                        defaultValue = "0.15",
                        range = "(0, 1)",
                        source = "T5")
                double noiseDensity,

                @Option(
                        description = "Mean length of a span in tokens, which may be any number that is not"
                                + " less than one because lengths are drawn",
                        defaultValue = "3.0",
                        range = "[1, inf)")
                double meanSpanLength,

                @Option(description = "What is done with the ends", defaultValue = "keep")
                Ends ends,

                @Option(description = "Words that are never noise", defaultValue = "")
                List<String> words) {}

        @Override
        public String name() {
            return "span";
        }

        @Override
        public String summary() {
            return "Hides spans of tokens, each behind a sentinel, and makes targets of what was hidden";
        }

        @Override
        public String source() {
            return "Raffel et al., Exploring the limits of transfer learning, section 3.1.4";
        }

        @Override
        public Class<SpanOptions> optionsType() {
            return SpanOptions.class;
        }

        @Override
        public Corruptor create(SpanOptions options, ComponentContext context) {
            if (options.meanSpanLength() > context.vocabulary().sentinels()) {
                throw new InvalidOptionException("mean-span-length", options.meanSpanLength() + " is too long");
            }
            return new Unchanged(options);
        }
    }

    public static final class TokenMask extends Plain implements CorruptorProvider<NoOptions> {
        public TokenMask() {
            super("token-mask");
        }

        @Override
        public Corruptor create(NoOptions options, ComponentContext context) {
            return new Unchanged(options);
        }
    }

    /** A corruptor with the name of another. */
    public static final class OtherSpan extends Plain implements CorruptorProvider<NoOptions> {
        public OtherSpan() {
            super("span");
        }

        @Override
        public Corruptor create(NoOptions options, ComponentContext context) {
            return new Unchanged(options);
        }
    }

    public static final class Shuffle extends Plain implements CorruptorProvider<NoOptions> {
        public Shuffle() {
            super("sentence-shuffle");
        }

        @Override
        public Corruptor create(NoOptions options, ComponentContext context) {
            throw new ArithmeticException("by zero");
        }
    }

    public static final class Misnamed extends Plain implements CorruptorProvider<NoOptions> {
        public Misnamed() {
            super("Prefix_LM");
        }

        @Override
        public Corruptor create(NoOptions options, ComponentContext context) {
            return new Unchanged(options);
        }
    }

    public static final class Failing extends Plain implements CorruptorProvider<NoOptions> {
        public Failing() {
            super("failing");
            throw new IllegalStateException("no licence");
        }

        @Override
        public Corruptor create(NoOptions options, ComponentContext context) {
            return new Unchanged(options);
        }
    }

    public static final class Undeclared implements CorruptorProvider<Undeclared.UndeclaredOptions> {
        public record UndeclaredOptions(int rate) {}

        @Override
        public String name() {
            return "undeclared";
        }

        @Override
        public String summary() {
            return "Has an option that is not declared";
        }

        @Override
        public Class<UndeclaredOptions> optionsType() {
            return UndeclaredOptions.class;
        }

        @Override
        public Corruptor create(UndeclaredOptions options, ComponentContext context) {
            return new Unchanged(options);
        }
    }

    public static final class T5 implements ArchitectureProvider<T5.T5Options> {
        public record T5Options(
                @Option(description = "Width", defaultValue = "64", range = "[1, inf)")
                int dModel,

                @Option(description = "Number of heads", defaultValue = "4", range = "[1, inf)")
                int heads) {}

        @Override
        public String name() {
            return "t5";
        }

        @Override
        public String summary() {
            return "A transformer";
        }

        @Override
        public Class<T5Options> optionsType() {
            return T5Options.class;
        }

        @Override
        public Architecture create(T5Options options, ComponentContext context) {
            if (options.dModel() % options.heads() != 0) {
                throw new InvalidOptionException("heads", options.heads() + " does not divide " + options.dModel());
            }
            return new NoArchitecture(options);
        }
    }

    public static final class Spactor extends Plain implements ObjectiveProvider<NoOptions> {
        public Spactor() {
            super("spactor");
        }

        @Override
        public Objective create(NoOptions options, ComponentContext context) {
            return new NoObjective();
        }
    }

    public static final class TwoStage extends Plain implements CurriculumProvider<NoOptions> {
        public TwoStage() {
            super("two-stage");
        }

        @Override
        public Curriculum create(NoOptions options, CurriculumContext context) {
            return new OneLoss();
        }
    }

    public static final class Adafactor extends Plain implements OptimizerProvider<NoOptions> {
        public Adafactor() {
            super("adafactor");
        }

        @Override
        public Optimizer create(NoOptions options, ComponentContext context) {
            return new NoOptimizer();
        }
    }

    public static final class InverseSquareRoot extends Plain implements ScheduleProvider<NoOptions> {
        public InverseSquareRoot() {
            super("inverse-square-root");
        }

        @Override
        public Schedule create(NoOptions options, ComponentContext context) {
            return (step, totalSteps) -> 1;
        }
    }

    /** What a provider has besides its factory, for one without options. */
    public abstract static class Plain {
        private final String name;

        Plain(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }

        public String summary() {
            return "Does nothing under the name " + name;
        }

        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }
    }

    /** Changes nothing, and remembers its options. */
    public record Unchanged(Record options) implements Corruptor {
        @Override
        public FeatureLengths lengths(FeatureLengths lengths) {
            return lengths;
        }

        @Override
        public Example corrupt(Example example, RandomGenerator random) {
            return example;
        }
    }

    /** A part that tells its architecture's options. */
    public interface Known extends Part {
        Record options();
    }

    /** Builds nothing, and remembers its options. */
    public record NoArchitecture(Record options) implements Architecture, Known {}

    private static final class NoObjective implements Objective {
        @Override
        public List<String> losses() {
            return List.of("only");
        }

        @Override
        public Set<Class<? extends Part>> needs(Set<String> active) {
            return Set.of();
        }

        @Override
        public void build(Graph graph, Architecture architecture, Set<String> active) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class OneLoss implements Curriculum {
        @Override
        public List<String> losses() {
            return List.of("only");
        }

        @Override
        public StepPlan at(Progress progress) {
            return new StepPlan("only", Map.of("only", 1.0));
        }
    }

    private static final class NoOptimizer implements Optimizer {
        @Override
        public double learningRate() {
            return 0.5;
        }

        @Override
        public void declare(Update update) {
            throw new UnsupportedOperationException();
        }
    }
}
