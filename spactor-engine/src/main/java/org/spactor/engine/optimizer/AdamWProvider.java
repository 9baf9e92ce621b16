package org.spactor.engine.optimizer;

import org.spactor.api.component.ComponentContext;
import org.spactor.api.optimizer.Optimizer;
import org.spactor.api.optimizer.OptimizerProvider;

/** Provides {@link AdamW}. */
public final class AdamWProvider implements OptimizerProvider<AdamWOptions> {
    @Override
    public String name() {
        return "adamw";
    }

    @Override
    public String summary() {
        return "Adam with decoupled weight decay, each tensor's step scaled by its root mean square";
    }

    @Override
    public String source() {
        return "Loshchilov and Hutter, 2019; RMS scaling: Nawrot, nanoT5, 2023";
    }

    @Override
    public Class<AdamWOptions> optionsType() {
        return AdamWOptions.class;
    }

    @Override
    public Optimizer create(AdamWOptions options, ComponentContext context) {
        return new AdamW(options);
    }
}
