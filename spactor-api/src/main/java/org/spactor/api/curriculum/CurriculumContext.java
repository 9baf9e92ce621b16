package org.spactor.api.curriculum;

import java.util.List;
import org.apiguardian.api.API;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.vocabulary.Vocabulary;

/** What a curriculum's factory may know: besides the rest, the losses of the objective that it is made for. */
@API(status = API.Status.MAINTAINED, since = "0.2")
public interface CurriculumContext extends ComponentContext {
    /** The objective's losses, in its order. */
    List<String> losses();

    /** A context with an objective of these losses. */
    static CurriculumContext of(Vocabulary vocabulary, List<String> losses) {
        List<String> copy = List.copyOf(losses);
        return new CurriculumContext() {
            @Override
            public Vocabulary vocabulary() {
                return vocabulary;
            }

            @Override
            public List<String> losses() {
                return copy;
            }
        };
    }
}
