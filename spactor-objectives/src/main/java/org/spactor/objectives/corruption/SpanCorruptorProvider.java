package org.spactor.objectives.corruption;

import org.spactor.api.component.ComponentContext;
import org.spactor.api.corruption.Corruptor;
import org.spactor.api.corruption.CorruptorProvider;

/** Makes the corruptor {@code span}, T5's span corruption. */
public final class SpanCorruptorProvider implements CorruptorProvider<SpanOptions> {
    @Override
    public String name() {
        return "span";
    }

    @Override
    public String summary() {
        return "Replaces random spans by sentinels in the inputs and asks for them in the targets";
    }

    @Override
    public String source() {
        return "T5 (Raffel et al., 2020), section 3.3.4; t5/data/preprocessors.py, random_spans_noise_mask";
    }

    @Override
    public Class<SpanOptions> optionsType() {
        return SpanOptions.class;
    }

    @Override
    public Corruptor create(SpanOptions options, ComponentContext context) {
        return new SpanCorruptor(new SpanMask(options.noiseDensity(), options.meanSpanLength()), context.vocabulary());
    }
}
