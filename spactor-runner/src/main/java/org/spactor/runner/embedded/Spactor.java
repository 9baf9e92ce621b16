package org.spactor.runner.embedded;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.util.Modules;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.ComponentProvider;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.objective.Objective;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.schedule.Schedule;
import org.spactor.engine.nd4j.NativeLibraries;
import org.spactor.runner.assembly.Assembler;
import org.spactor.runner.assembly.Assembly;
import org.spactor.runner.checkpoint.Checkpoint;
import org.spactor.runner.checkpoint.ResumeCheck;
import org.spactor.runner.checkpoint.RunIdentity;
import org.spactor.runner.checkpoint.TrainingState;
import org.spactor.runner.component.ComponentKind;
import org.spactor.runner.component.ComponentKinds;
import org.spactor.runner.component.ProvidedComponent;
import org.spactor.runner.component.Watchdog;
import org.spactor.runner.configuration.layer.Assignment;
import org.spactor.runner.configuration.layer.ConfigurationRequest;
import org.spactor.runner.configuration.problem.ValueOrigin;
import org.spactor.runner.training.Pretraining;
import org.spactor.runner.training.PretrainingFactory;
import org.spactor.runner.training.Resumption;
import org.spactor.runner.training.RunFolder;

/**
 * Pre-training from a program. What is set here is what {@code spactor pretrain} takes on its command line; components may
 * be given as objects besides.
 *
 * <pre>{@code
 * try (Run run = Spactor.preset("tiny").set("training.steps", 200).out(Path.of("runs/mine")).prepare()) {
 *     run.train();
 *     float[] embedding = run.parameter("shared.weight");
 * }
 * }</pre>
 *
 * <p>Nothing of the process is changed: see {@link #useOneThreadPerCall} for what a program will want to do once.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2")
public final class Spactor {
    private static final Logger log = LoggerFactory.getLogger(Spactor.class);
    private static final String GIVEN = "given";

    private final Optional<String> preset;
    private final Optional<Path> file;
    /** The run that goes on, or one of its checkpoints. */
    private final Optional<Path> resumed;

    private final Set<String> accepted = new HashSet<>();
    private final List<Assignment> assignments = new ArrayList<>();
    private final List<ProvidedComponent<?>> components = new ArrayList<>();
    private final List<Module> modules = new ArrayList<>();

    private Spactor(Optional<String> preset, Optional<Path> file, Optional<Path> resumed) {
        this.preset = preset;
        this.file = file;
        this.resumed = resumed;
    }

    /** Starts from a configuration that comes with Spactor, such as {@code tiny}. */
    public static Spactor preset(String name) {
        return new Spactor(Optional.of(name), Optional.empty(), Optional.empty());
    }

    /** Starts from a configuration in YAML. */
    public static Spactor configuration(Path file) {
        return new Spactor(Optional.empty(), Optional.of(file), Optional.empty());
    }

    /**
     * Goes on with a run, with its own configuration in its own folder. Components that were given as objects are given
     * again.
     *
     * @param run its folder, for its newest checkpoint, or the folder of one checkpoint, whose later ones are removed
     */
    public static Spactor resume(Path run) {
        return new Spactor(Optional.empty(), Optional.empty(), Optional.of(run));
    }

    /** With {@link #resume}: goes on although this key is not as it was in the checkpoint. */
    public Spactor accept(String key) {
        accepted.add(key);
        return this;
    }

    /**
     * Makes every call of the native libraries of this process use one thread: the replicas of a run are what runs in
     * parallel, and without this they wait for each other. It concerns everything in the process that uses ND4J, so it is
     * left to the program to call it, once, before the first run is prepared. The command line does.
     */
    public static void useOneThreadPerCall() {
        NativeLibraries.useOneThreadPerCall();
    }

    /**
     * Sets a key of the configuration.
     *
     * @param key for instance {@code training.steps} or {@code corruptors[0].options.rate}
     * @param value its text is read as that of a YAML value
     */
    public Spactor set(String key, Object value) {
        assignments.add(Assignment.parse(key, String.valueOf(value), ValueOrigin.program()));
        return this;
    }

    /** Trains on these files and folders of text. */
    public Spactor data(Path... inputs) {
        List<String> texts = new ArrayList<>();
        for (Path input : inputs) {
            texts.add(input.toString());
        }
        assignments.add(new Assignment.Texts("data.inputs", texts, ValueOrigin.program()));
        return this;
    }

    /** The folder of the run, which is not to be there yet. */
    public Spactor out(Path folder) {
        Path whole = folder.toAbsolutePath().normalize();
        if (whole.getFileName() == null) {
            throw new IllegalArgumentException("the root of a file system cannot be the folder of a run");
        }
        set("run.directory", whole.getParent());
        return set("run.name", whole.getFileName());
    }

    /** Trains this network. */
    public Spactor architecture(Architecture architecture) {
        return architectureFrom(context -> architecture);
    }

    /** Trains the network that is made when the vocabulary is known. */
    public Spactor architectureFrom(Function<? super ComponentContext, ? extends Architecture> factory) {
        return give(ComponentKinds.ARCHITECTURE, "architecture", new Given.OfArchitecture(GIVEN, factory));
    }

    /** Learns this. */
    public Spactor objective(Objective objective) {
        return objectiveFrom(context -> objective);
    }

    /** Learns what is made when the vocabulary is known. */
    public Spactor objectiveFrom(Function<? super ComponentContext, ? extends Objective> factory) {
        return give(ComponentKinds.OBJECTIVE, "objective", new Given.OfObjective(GIVEN, factory));
    }

    /** Weighs the losses so. */
    public Spactor curriculum(Curriculum curriculum) {
        return curriculumFrom(context -> curriculum);
    }

    /** Weighs the losses as what is made when they are known says. */
    public Spactor curriculumFrom(Function<? super CurriculumContext, ? extends Curriculum> factory) {
        return give(ComponentKinds.CURRICULUM, "curriculum", new Given.OfCurriculum(GIVEN, factory));
    }

    /** Does this to every example, one after the other, instead of what the configuration says. */
    public Spactor corruptors(Corruptor... corruptors) {
        List<Function<? super ComponentContext, ? extends Corruptor>> factories = new ArrayList<>();
        for (Corruptor corruptor : corruptors) {
            factories.add(context -> corruptor);
        }
        return corruptorsFrom(factories);
    }

    /** Does what is made when the vocabulary is known to every example, one after the other. */
    public Spactor corruptorsFrom(List<Function<? super ComponentContext, ? extends Corruptor>> factories) {
        List<String> names = new ArrayList<>();
        for (Function<? super ComponentContext, ? extends Corruptor> factory : factories) {
            String name = GIVEN + "-" + (names.size() + 1);
            names.add("{name: " + name + "}");
            components.add(new ProvidedComponent<>(ComponentKinds.CORRUPTOR, new Given.OfCorruptor(name, factory)));
        }
        return set("corruptors", names);
    }

    /** Updates parameters so. */
    public Spactor optimizer(Optimizer optimizer) {
        return give(ComponentKinds.OPTIMIZER, "optimizer", new Given.OfOptimizer(GIVEN, context -> optimizer));
    }

    /** Lets the learning rate go so. */
    public Spactor schedule(Schedule schedule) {
        return give(ComponentKinds.SCHEDULE, "schedule", new Given.OfSchedule(GIVEN, context -> schedule));
    }

    /**
     * Replaces bindings of {@link LibraryModule}, or adds to its sets: another {@link
     * org.spactor.engine.backend.Backend}, a {@link ProvidedComponent} with options of its own, another clock.
     */
    public Spactor module(Module module) {
        modules.add(module);
        return this;
    }

    private <P extends ComponentProvider<?, ?, ?>> Spactor give(ComponentKind<P> kind, String key, P provider) {
        components.removeIf(component -> component.kind().equals(kind));
        components.add(new ProvidedComponent<>(kind, provider));
        return set(key, "{name: " + GIVEN + "}");
    }

    /**
     * Checks everything, reads the text, builds the model, and makes the run's folder or puts back what the checkpoint of
     * a run that goes on has.
     *
     * @throws org.spactor.runner.configuration.problem.ConfigurationException with everything that is wrong with the
     *     configuration, or not as it was in the checkpoint
     * @throws org.spactor.runner.component.ComponentException if a component cannot be made
     * @throws org.spactor.runner.training.TrainingException if a new run's folder is there already, or there is not enough
     *     memory
     * @throws org.spactor.runner.checkpoint.CheckpointException if a checkpoint cannot be used
     * @throws org.spactor.data.DataException if the text cannot be used
     */
    public Run prepare() {
        Injector injector = Guice.createInjector(
                Modules.override(new LibraryModule(log::warn), new Components()).with(modules));
        return resumed.isPresent() ? goOn(injector, resumed.get()) : begin(injector);
    }

    private Run begin(Injector injector) {
        Assembly assembly =
                injector.getInstance(Assembler.class).assemble(new ConfigurationRequest(preset, file, assignments));
        RunFolder folder = RunFolder.create(assembly.configuration().run().folder(), assembly.configuration());
        try {
            return run(injector, prepare(injector, assembly, folder), folder, TrainingState.START);
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    private Run goOn(Injector injector, Path path) {
        RunFolder folder = RunFolder.open(Resumption.runFolder(path));
        try {
            Optional<Checkpoint> checkpoint = Resumption.checkpoint(folder, path);
            out(folder.path());
            Assembly assembly = injector.getInstance(Assembler.class)
                    .assemble(new ConfigurationRequest(
                            Optional.empty(), Optional.of(folder.configuration()), assignments));
            if (checkpoint.isEmpty()) {
                return run(injector, prepare(injector, assembly, folder), folder, TrainingState.START);
            }
            ResumeCheck check =
                    new ResumeCheck(accepted, folder.accepted(checkpoint.get().folder()), "accept");
            Resumption resumption = new Resumption(checkpoint.get(), check);
            assembly = resumption.withWhatItChose(assembly);
            List<RunIdentity.Difference> differences = new ArrayList<>(resumption.checkConfiguration(assembly));
            Pretraining pretraining = prepare(injector, assembly, folder);
            try {
                differences.addAll(resumption.checkData(pretraining));
                resumption.restore(pretraining, folder, assembly.configuration(), differences);
                return run(injector, pretraining, folder, checkpoint.get().state());
            } catch (RuntimeException | Error e) {
                pretraining.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    private static Pretraining prepare(Injector injector, Assembly assembly, RunFolder folder) {
        return injector.getInstance(PretrainingFactory.class).prepare(assembly, folder, assembly.plugins());
    }

    private static Run run(Injector injector, Pretraining pretraining, RunFolder folder, TrainingState start) {
        return new Run(
                pretraining, folder, start, injector.getInstance(Watchdog.class), injector.getInstance(Clock.class));
    }

    /** The components that were given. */
    private final class Components extends AbstractModule {
        @Override
        protected void configure() {
            Multibinder<ProvidedComponent<?>> provided =
                    Multibinder.newSetBinder(binder(), new TypeLiteral<ProvidedComponent<?>>() {});
            components.forEach(component -> provided.addBinding().toInstance(component));
        }
    }
}
