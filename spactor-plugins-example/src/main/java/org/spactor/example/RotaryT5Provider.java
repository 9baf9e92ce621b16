package org.spactor.example;

import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.ArchitectureProvider;
import org.spactor.api.corruption.Vocabulary;

/** Makes the architecture {@code t5-rotary}, {@link RotaryT5}. */
public final class RotaryT5Provider implements ArchitectureProvider<RotaryT5Options> {
    @Override
    public String name() {
        return "t5-rotary";
    }

    @Override
    public String summary() {
        return "T5 1.1 with rotary positions in place of the relative position bias";
    }

    @Override
    public String source() {
        return "RoFormer (Su et al., 2021); T5 1.1";
    }

    @Override
    public Class<RotaryT5Options> optionsType() {
        return RotaryT5Options.class;
    }

    @Override
    public Architecture create(RotaryT5Options options, Vocabulary vocabulary) {
        return new RotaryT5(options, vocabulary.size());
    }
}
