package org.spactor.runner.component;

import java.util.List;
import org.spactor.api.architecture.ArchitectureProvider;
import org.spactor.api.corruption.CorruptorProvider;
import org.spactor.api.curriculum.CurriculumProvider;
import org.spactor.api.objective.ObjectiveProvider;
import org.spactor.api.optimizer.OptimizerProvider;
import org.spactor.api.schedule.ScheduleProvider;

/** The kinds of components that a configuration chooses from. */
public final class ComponentKinds {
    /** Networks. */
    public static final ComponentKind<ArchitectureProvider<?>> ARCHITECTURE =
            ComponentKind.of("architecture", "architectures", ArchitectureProvider.class);

    /** What is done to an example. */
    public static final ComponentKind<CorruptorProvider<?>> CORRUPTOR =
            ComponentKind.of("corruptor", "corruptors", CorruptorProvider.class);

    /** What is learnt. */
    public static final ComponentKind<ObjectiveProvider<?>> OBJECTIVE =
            ComponentKind.of("objective", "objectives", ObjectiveProvider.class);

    /** When what is learnt. */
    public static final ComponentKind<CurriculumProvider<?>> CURRICULUM =
            ComponentKind.of("curriculum", "curricula", CurriculumProvider.class);

    /** How parameters are updated. */
    public static final ComponentKind<OptimizerProvider<?>> OPTIMIZER =
            ComponentKind.of("optimizer", "optimizers", OptimizerProvider.class);

    /** How the learning rate goes. */
    public static final ComponentKind<ScheduleProvider<?>> SCHEDULE =
            ComponentKind.of("schedule", "schedules", ScheduleProvider.class);

    /** All kinds, in the order of the configuration's keys. Plugins can bring each of them. */
    public static final List<ComponentKind<?>> ALL =
            List.of(ARCHITECTURE, CORRUPTOR, OBJECTIVE, CURRICULUM, OPTIMIZER, SCHEDULE);

    private ComponentKinds() {}
}
