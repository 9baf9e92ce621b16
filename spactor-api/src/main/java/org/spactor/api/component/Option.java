package org.spactor.api.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;

/**
 * Declares one component of an options record: what it means, what it is when the configuration is silent, and what is
 * allowed. The {@code describe} command prints this, and a configuration is checked against it before anything runs.
 */
@API(status = API.Status.MAINTAINED, since = "0.1")
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Option {
    /** The value of {@link #defaultValue()} that marks an option that every configuration has to give. */
    String REQUIRED = "\0required";

    /** One sentence, without a final full stop. Names the unit where there is one. */
    String description();

    /**
     * The default, written as in a configuration file; the elements of a list are separated by commas. An empty string
     * is the empty string, the empty list (the only default of a list of records), or, for a nested record, that record's own defaults.
     */
    String defaultValue() default REQUIRED;

    /**
     * The numbers allowed, as an interval in the usual notation: {@code (0, 1)} excludes the ends, {@code [0, 1]}
     * includes them, {@code [1, inf)} has no upper end. Empty: every finite number.
     */
    String range() default "";

    /** Where the default comes from, for instance {@code T5} or {@code ELECTRA, table 6}. Empty: our own choice. */
    String source() default "";
}
