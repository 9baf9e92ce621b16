package org.spactor.runner.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.ArchitectureProvider;
import org.spactor.api.component.ComponentProvider;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.CorruptorProvider;
import org.spactor.api.corruption.Vocabulary;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumProvider;
import org.spactor.api.objective.Objective;
import org.spactor.api.objective.ObjectiveProvider;
import org.spactor.engine.train.Optimizer;
import org.spactor.engine.train.OptimizerProvider;
import org.spactor.engine.train.Schedule;
import org.spactor.engine.train.ScheduleProvider;
import org.spactor.runner.component.ComponentException;
import org.spactor.runner.component.ComponentKind;
import org.spactor.runner.component.ComponentKinds;
import org.spactor.runner.component.RegisteredComponent;
import org.spactor.runner.configuration.ComponentChoice;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.configuration.layer.ConfigurationNode;
import org.spactor.runner.configuration.problem.Problems;

/** Calls the factories of the components that a configuration names, and collects the options that they refuse. */
final class ComponentFactory {
    private final Assembly assembly;
    private final Problems problems = new Problems();

    ComponentFactory(Assembly assembly) {
        this.assembly = assembly;
    }

    Components create(Vocabulary vocabulary) {
        SpactorConfiguration configuration = assembly.configuration();
        Optional<Architecture> architecture = create(
                ComponentKinds.ARCHITECTURE,
                "architecture",
                configuration.architecture(),
                (provider, options) -> architecture(provider, options, vocabulary));
        List<Corruptor> corruptors = new ArrayList<>();
        for (int i = 0; i < configuration.corruptors().size(); i++) {
            create(
                            ComponentKinds.CORRUPTOR,
                            "corruptors[" + i + "]",
                            configuration.corruptors().get(i),
                            (provider, options) -> corruptor(provider, options, vocabulary))
                    .ifPresent(corruptors::add);
        }
        Optional<Objective> objective = create(
                ComponentKinds.OBJECTIVE,
                "objective",
                configuration.objective(),
                (provider, options) -> objective(provider, options, vocabulary));
        Optional<Curriculum> curriculum = create(
                ComponentKinds.CURRICULUM, "curriculum", configuration.curriculum(), ComponentFactory::curriculum);
        Optional<Optimizer> optimizer =
                create(ComponentKinds.OPTIMIZER, "optimizer", configuration.optimizer(), ComponentFactory::optimizer);
        Optional<Double> learningRate = create(
                ComponentKinds.OPTIMIZER, "optimizer", configuration.optimizer(), ComponentFactory::learningRate);
        Optional<Schedule> schedule =
                create(ComponentKinds.SCHEDULE, "schedule", configuration.schedule(), ComponentFactory::schedule);
        problems.throwIfAny(assembly.resolved().title());
        return new Components(
                architecture.orElseThrow(),
                corruptors,
                objective.orElseThrow(),
                curriculum.orElseThrow(),
                optimizer.orElseThrow(),
                learningRate.orElseThrow(),
                schedule.orElseThrow());
    }

    private <P extends ComponentProvider<?>, C> Optional<C> create(
            ComponentKind<P> kind, String key, ComponentChoice choice, BiFunction<P, Record, C> factory) {
        RegisteredComponent<P> component = assembly.registry().get(kind, choice.name());
        try {
            C created = factory.apply(component.provider(), choice.options());
            if (created == null) {
                throw new IllegalStateException("its factory returned null");
            }
            return Optional.of(created);
        } catch (InvalidOptionException e) {
            ConfigurationNode option =
                    assembly.resolved().place(key + ".options").child(e.option());
            problems.add(option.key(), e.getMessage(), option.origin());
            return Optional.empty();
        } catch (RuntimeException | LinkageError e) {
            throw new ComponentException(
                    "the " + kind + " '" + choice.name() + "' [" + component.origin() + "] cannot be made: " + e, e);
        }
    }

    // One method for each kind: a type parameter is what ties a provider to its own options record.

    private static <O extends Record> Architecture architecture(
            ArchitectureProvider<O> provider, Record options, Vocabulary vocabulary) {
        return provider.create(provider.optionsType().cast(options), vocabulary);
    }

    private static <O extends Record> Corruptor corruptor(
            CorruptorProvider<O> provider, Record options, Vocabulary vocabulary) {
        return provider.create(provider.optionsType().cast(options), vocabulary);
    }

    private static <O extends Record> Objective objective(
            ObjectiveProvider<O> provider, Record options, Vocabulary vocabulary) {
        return provider.create(provider.optionsType().cast(options), vocabulary);
    }

    private static <O extends Record> Curriculum curriculum(CurriculumProvider<O> provider, Record options) {
        return provider.create(provider.optionsType().cast(options));
    }

    private static <O extends Record> Optimizer optimizer(OptimizerProvider<O> provider, Record options) {
        return provider.create(provider.optionsType().cast(options));
    }

    private static <O extends Record> double learningRate(OptimizerProvider<O> provider, Record options) {
        return provider.learningRate(provider.optionsType().cast(options));
    }

    private static <O extends Record> Schedule schedule(ScheduleProvider<O> provider, Record options) {
        return provider.create(provider.optionsType().cast(options));
    }
}
