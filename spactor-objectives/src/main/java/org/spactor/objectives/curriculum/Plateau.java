package org.spactor.objectives.curriculum;

import java.util.List;
import java.util.Objects;
import org.spactor.api.curriculum.Progress;

/**
 * Tells whether a validation loss has stopped falling: whether there were, at any time, {@code patience} validations in
 * a row that did not improve on the last one that did. The first validation is an improvement; so is one whose loss is
 * lower by at least {@code minimumImprovement}. A loss that is not a number is none. A validation that does not have the
 * loss, as those of a later stage may not, is passed over.
 *
 * <p>Small improvements add up: the reference moves only with an improvement, so a loss that falls slowly but by enough
 * within {@code patience} validations has not stopped.
 *
 * <p>The history is scanned from its beginning, so what was once a plateau stays one however it goes on.
 *
 * <p>Source: the usual rule of early stopping, for instance Keras's {@code EarlyStopping}.
 *
 * @param loss name of the loss
 * @param patience number of validations without improvement, at least 1
 * @param minimumImprovement in nats, at least 0; at 0 every fall is an improvement
 */
public record Plateau(String loss, int patience, double minimumImprovement) {
    public Plateau {
        Objects.requireNonNull(loss, "loss");
        if (patience < 1) {
            throw new IllegalArgumentException("a patience must be at least 1, but is " + patience);
        }
        if (!(minimumImprovement >= 0 && Double.isFinite(minimumImprovement))) {
            throw new IllegalArgumentException(
                    "an improvement must be within [0, inf), but the least is to be " + minimumImprovement);
        }
    }

    /**
     * Whether the loss has stopped falling.
     *
     * @param validations oldest first
     */
    public boolean reached(List<Progress.Validation> validations) {
        double reference = Double.POSITIVE_INFINITY;
        int withoutImprovement = 0;
        for (Progress.Validation validation : validations) {
            Double value = validation.losses().get(loss);
            if (value == null) {
                continue;
            }
            if (value < reference && reference - value >= minimumImprovement) {
                reference = value;
                withoutImprovement = 0;
            } else if (++withoutImprovement == patience) {
                return true;
            }
        }
        return false;
    }
}
