package org.spactor.api.component;

import java.util.Objects;
import org.apiguardian.api.API;
import org.spactor.api.vocabulary.Vocabulary;

/**
 * What a factory may know when it makes a component. Spactor implements this; later versions will tell more, so a plugin
 * that needs one, for a test, takes it from {@link #of}.
 */
@API(status = API.Status.MAINTAINED, since = "0.2")
public interface ComponentContext {
    /** The tokens there are. */
    Vocabulary vocabulary();

    /** A context with this vocabulary. */
    static ComponentContext of(Vocabulary vocabulary) {
        Objects.requireNonNull(vocabulary, "vocabulary");
        return () -> vocabulary;
    }
}
