package org.spactor.models.t5;

import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.ArchitectureProvider;
import org.spactor.api.component.ComponentContext;

/** Provides {@link T5}. */
public final class T5ArchitectureProvider implements ArchitectureProvider<T5Options> {
    @Override
    public String name() {
        return "t5";
    }

    @Override
    public String summary() {
        return "T5 1.0 and 1.1 encoder-decoders of any size";
    }

    @Override
    public String source() {
        return "Raffel et al., Exploring the limits of transfer learning, 2020; Shazeer, GLU variants, 2020";
    }

    @Override
    public Class<T5Options> optionsType() {
        return T5Options.class;
    }

    @Override
    public Architecture create(T5Options options, ComponentContext context) {
        T5Dimensions dimensions = T5Dimensions.of(options);
        return new T5(
                dimensions,
                GeneratorDimensions.of(options, dimensions),
                context.vocabulary().size());
    }
}
