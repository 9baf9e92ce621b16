package org.spactor.engine.reference;

import java.util.List;
import java.util.function.Function;
import org.spactor.engine.nd4j.Nd4jBackend;
import org.spactor.engine.plan.Plan;

/**
 * A way to execute plans, as the tests know it.
 *
 * @param name for the names of tests
 * @param factory makes a runner for a plan
 */
public record Backend(String name, Function<Plan, PlanRunner> factory) {
    /** All backends. Another one is put to every test of kernels by a line here. */
    public static List<Backend> all() {
        return List.of(
                new Backend("reference", ReferencePlan::new),
                new Backend("nd4j", plan -> new ProgramRunner(Nd4jBackend.create(), plan)),
                new Backend("nd4j, three threads", plan -> new ProgramRunner(Nd4jBackend.create(), plan, 3)),
                new Backend("nd4j, OpenBLAS", plan -> new ProgramRunner(Nd4jBackend.openBlas(), plan)),
                new Backend("nd4j, portable", plan -> new ProgramRunner(Nd4jBackend.portable(), plan)));
    }

    /** All backends but the one that the others are compared with. */
    public static List<Backend> allButTheReference() {
        return all().subList(1, all().size());
    }

    @Override
    public String toString() {
        return name;
    }
}
