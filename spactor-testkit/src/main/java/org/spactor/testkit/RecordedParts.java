package org.spactor.testkit;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Part;

/** Some of an architecture's parts, and a record of which ones are asked for. */
final class RecordedParts implements Architecture {
    private final Architecture all;
    private final Set<Class<? extends Part>> offered;
    private final Set<Class<? extends Part>> asked = new LinkedHashSet<>();

    RecordedParts(Architecture all, Set<Class<? extends Part>> offered) {
        this.all = all;
        this.offered = offered;
    }

    @Override
    public <P extends Part> Optional<P> part(Class<P> type) {
        asked.add(type);
        return offered.contains(type) ? all.part(type) : Optional.empty();
    }

    /** The parts that were asked for. */
    Set<Class<? extends Part>> asked() {
        return asked;
    }
}
