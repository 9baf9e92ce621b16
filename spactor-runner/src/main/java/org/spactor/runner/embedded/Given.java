package org.spactor.runner.embedded;

import java.util.function.Function;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.ArchitectureProvider;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.component.ComponentProvider;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.CorruptorProvider;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.CurriculumProvider;
import org.spactor.api.objective.Objective;
import org.spactor.api.objective.ObjectiveProvider;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.OptimizerProvider;
import org.spactor.api.schedule.Schedule;
import org.spactor.api.schedule.ScheduleProvider;

/** Providers of components that a program makes itself, under names that say so. */
final class Given {
    private Given() {}

    /** What all of them have in common. */
    private abstract static class Provider<X extends ComponentContext, C>
            implements ComponentProvider<NoOptions, X, C> {
        private final String name;
        private final Function<? super X, ? extends C> factory;

        Provider(String name, Function<? super X, ? extends C> factory) {
            this.name = name;
            this.factory = factory;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String summary() {
            return "Made by the program that trains";
        }

        @Override
        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }

        @Override
        public C create(NoOptions options, X context) {
            return factory.apply(context);
        }
    }

    static final class OfArchitecture extends Provider<ComponentContext, Architecture>
            implements ArchitectureProvider<NoOptions> {
        OfArchitecture(String name, Function<? super ComponentContext, ? extends Architecture> factory) {
            super(name, factory);
        }
    }

    static final class OfCorruptor extends Provider<ComponentContext, Corruptor>
            implements CorruptorProvider<NoOptions> {
        OfCorruptor(String name, Function<? super ComponentContext, ? extends Corruptor> factory) {
            super(name, factory);
        }
    }

    static final class OfObjective extends Provider<ComponentContext, Objective>
            implements ObjectiveProvider<NoOptions> {
        OfObjective(String name, Function<? super ComponentContext, ? extends Objective> factory) {
            super(name, factory);
        }
    }

    static final class OfCurriculum extends Provider<CurriculumContext, Curriculum>
            implements CurriculumProvider<NoOptions> {
        OfCurriculum(String name, Function<? super CurriculumContext, ? extends Curriculum> factory) {
            super(name, factory);
        }
    }

    static final class OfOptimizer extends Provider<ComponentContext, Optimizer>
            implements OptimizerProvider<NoOptions> {
        OfOptimizer(String name, Function<? super ComponentContext, ? extends Optimizer> factory) {
            super(name, factory);
        }
    }

    static final class OfSchedule extends Provider<ComponentContext, Schedule> implements ScheduleProvider<NoOptions> {
        OfSchedule(String name, Function<? super ComponentContext, ? extends Schedule> factory) {
            super(name, factory);
        }
    }
}
