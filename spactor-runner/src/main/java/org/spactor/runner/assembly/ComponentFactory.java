package org.spactor.runner.assembly;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.ComponentProvider;
import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.vocabulary.Vocabulary;
import org.spactor.data.CorruptorChain;
import org.spactor.runner.component.ComponentCalls;
import org.spactor.runner.component.ComponentException;
import org.spactor.runner.component.ComponentFailure;
import org.spactor.runner.component.ComponentKind;
import org.spactor.runner.component.ComponentKinds;
import org.spactor.runner.component.RegisteredComponent;
import org.spactor.runner.component.Watchdog;
import org.spactor.runner.configuration.ComponentChoice;
import org.spactor.runner.configuration.SpactorConfiguration;
import org.spactor.runner.configuration.layer.ConfigurationNode;
import org.spactor.runner.configuration.problem.Problems;

/**
 * Calls the factories of the components that a configuration names, collects the options that they refuse, and sees that
 * the components agree with each other.
 */
final class ComponentFactory {
    private final Assembly assembly;
    private final Watchdog watchdog;
    private final Problems problems = new Problems();

    ComponentFactory(Assembly assembly, Watchdog watchdog) {
        this.assembly = assembly;
        this.watchdog = watchdog;
    }

    Components create(Vocabulary vocabulary) {
        SpactorConfiguration configuration = assembly.configuration();
        ComponentContext context = ComponentContext.of(vocabulary);
        Optional<Made<Architecture>> architecture = create(
                        ComponentKinds.ARCHITECTURE, "architecture", configuration.architecture(), context)
                .map(made -> made.with(new GuardedArchitecture(made.component(), made.calls())));
        List<CorruptorChain.Link> corruptors = new ArrayList<>();
        for (int i = 0; i < configuration.corruptors().size(); i++) {
            String key = "corruptors[" + i + "]";
            create(ComponentKinds.CORRUPTOR, key, configuration.corruptors().get(i), context)
                    .ifPresent(made -> corruptors.add(new GuardedCorruptor(made.component(), made.calls(), key)));
        }
        Optional<Made<GuardedObjective>> objective = create(
                        ComponentKinds.OBJECTIVE, "objective", configuration.objective(), context)
                .map(made -> new Made<>(new GuardedObjective(made.component(), made.calls()), made.calls()));
        Optional<Made<Curriculum>> curriculum = objective.flatMap(
                learnt -> curriculum(vocabulary, learnt.component().losses()));
        Optional<Made<Optimizer>> optimizer = create(
                        ComponentKinds.OPTIMIZER, "optimizer", configuration.optimizer(), context)
                .map(made -> made.with(new GuardedOptimizer(made.component(), made.calls())));
        Optional<Made<Schedule>> schedule = create(
                        ComponentKinds.SCHEDULE, "schedule", configuration.schedule(), context)
                .map(made -> made.with(new GuardedSchedule(made.component(), made.calls())));
        problems.throwIfAny(assembly.resolved().title());
        Agreement agreement = agree(objective.orElseThrow(), curriculum.orElseThrow(), architecture.orElseThrow());
        return new Components(
                vocabulary,
                architecture.orElseThrow().component(),
                new CorruptorChain(corruptors, vocabulary),
                objective.orElseThrow().component(),
                agreement.learnt(),
                curriculum.orElseThrow().component(),
                optimizer.orElseThrow().component(),
                schedule.orElseThrow().component(),
                agreement.warnings(),
                assembly.resolved());
    }

    private Optional<Made<Curriculum>> curriculum(Vocabulary vocabulary, List<String> losses) {
        return create(
                        ComponentKinds.CURRICULUM,
                        "curriculum",
                        assembly.configuration().curriculum(),
                        CurriculumContext.of(vocabulary, losses))
                .map(made -> made.with(new GuardedCurriculum(made.component(), made.calls(), losses)));
    }

    private Agreement agree(
            Made<GuardedObjective> objective, Made<Curriculum> curriculum, Made<Architecture> architecture) {
        Agreement agreement = new Agreement(
                objective.component(),
                objective.calls().component(),
                curriculum.component(),
                curriculum.calls().component(),
                architecture.component(),
                architecture.calls().component());
        agreement.curriculumProblems().forEach(problem -> report("curriculum.name", problem));
        agreement.architectureProblems().forEach(problem -> report("architecture.name", problem));
        problems.throwIfAny(assembly.resolved().title());
        return agreement;
    }

    private void report(String key, String problem) {
        ConfigurationNode node = assembly.resolved().place(key);
        problems.add(node.key(), problem, node.origin());
    }

    private <X extends ComponentContext, C, P extends ComponentProvider<?, X, C>> Optional<Made<C>> create(
            ComponentKind<P> kind, String key, ComponentChoice choice, X context) {
        RegisteredComponent<P> registered = assembly.registry().get(kind, choice.name());
        ComponentCalls calls = registered.calls(kind, watchdog);
        try {
            ComponentProvider<?, X, C> provider = registered.provider();
            C created = calls.call("create()", () -> make(provider, choice.options(), context));
            calls.require(created != null, "create()", () -> "it returned null");
            return Optional.of(new Made<>(created, calls));
        } catch (InvalidOptionException e) {
            ConfigurationNode option =
                    assembly.resolved().place(key + ".options").child(e.option());
            problems.add(option.key(), e.getMessage(), option.origin());
            return Optional.empty();
        } catch (ComponentFailure e) {
            throw new ComponentException(e.getMessage(), e);
        }
    }

    /** The type parameter is what ties a provider to its own options record. */
    private static <O extends Record, X extends ComponentContext, C> C make(
            ComponentProvider<O, X, C> provider, Record options, X context) {
        return provider.create(provider.optionsType().cast(options), context);
    }

    /** A component, and how it is called. */
    private record Made<C>(C component, ComponentCalls calls) {
        Made<C> with(C guarded) {
            return new Made<>(guarded, calls);
        }
    }
}
