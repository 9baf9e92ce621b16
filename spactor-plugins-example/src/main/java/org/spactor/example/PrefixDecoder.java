package org.spactor.example;

import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.ArchitectureProvider;
import org.spactor.api.architecture.CausalDecoder;
import org.spactor.api.component.ComponentContext;
import org.spactor.api.graph.Attention;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Value;

/**
 * The architecture {@code prefix-decoder}: a decoder without an encoder, with rotary positions. All positions see the
 * prefix, and those behind it what came before them.
 *
 * <p>Source: Liu et al., <i>Generating Wikipedia by summarizing long sequences</i>, 2018, for the decoder alone; Raffel et
 * al., 2020, section 3.2.1, for the prefix; Su et al., <i>RoFormer</i>, 2021, for the positions.
 */
public final class PrefixDecoder implements ArchitectureProvider<Blocks.Size> {
    @Override
    public String name() {
        return "prefix-decoder";
    }

    @Override
    public String summary() {
        return "Decoder without an encoder that sees all of a prefix";
    }

    @Override
    public Class<Blocks.Size> optionsType() {
        return Blocks.Size.class;
    }

    @Override
    public Architecture create(Blocks.Size size, ComponentContext context) {
        return new Network(size);
    }

    private record Network(Blocks.Size size) implements Architecture, CausalDecoder {
        private static final double BASE = 10_000;

        @Override
        public Value decode(Graph graph, Value tokens, Value prefix) {
            return new Blocks(graph, size)
                    .stack("decoder", tokens, null, to -> turned(graph, to).causalBehind(prefix));
        }

        private Attention turned(Graph graph, Attention to) {
            Value query = graph.rotaryPositions(to.query(), size.heads(), BASE);
            Value key = graph.rotaryPositions(to.key(), size.heads(), BASE);
            return Attention.of(query, key, to.value(), size.heads());
        }

        @Override
        public Value project(Graph graph, Value hidden) {
            return new Blocks(graph, size).project(hidden);
        }
    }
}
