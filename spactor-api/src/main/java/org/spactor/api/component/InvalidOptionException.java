package org.spactor.api.component;

import org.apiguardian.api.API;

/**
 * Thrown by a component's factory when an option has a value that its declared range admits but that makes no sense
 * together with the rest. The runner reports it beside the other problems of the configuration, at the option's key.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
public class InvalidOptionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String option;

    /**
     * @param option the option's key in kebab-case, as a configuration spells it
     * @param problem what is wrong and what to do instead, starting with the value
     */
    public InvalidOptionException(String option, String problem) {
        super(problem);
        this.option = option;
    }

    /** The option's key, in kebab-case. */
    public String option() {
        return option;
    }
}
