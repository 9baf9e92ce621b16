package org.spactor.engine.optimizer;

import org.spactor.api.component.ComponentContext;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.OptimizerProvider;

/** Provides {@link Adafactor}. */
public final class AdafactorProvider implements OptimizerProvider<AdafactorOptions> {
    @Override
    public String name() {
        return "adafactor";
    }

    @Override
    public String summary() {
        return "Adafactor as T5X runs it: factored second moments, steps in proportion to the parameters";
    }

    @Override
    public String source() {
        return "Shazeer and Stern, 2018; T5X";
    }

    @Override
    public Class<AdafactorOptions> optionsType() {
        return AdafactorOptions.class;
    }

    @Override
    public Optimizer create(AdafactorOptions options, ComponentContext context) {
        return new Adafactor(options);
    }
}
