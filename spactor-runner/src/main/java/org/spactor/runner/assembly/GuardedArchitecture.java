package org.spactor.runner.assembly;

import java.util.Optional;
import java.util.function.Supplier;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.CausalDecoder;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.Part;
import org.spactor.api.architecture.TokenGenerator;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.Value;
import org.spactor.runner.component.ComponentCalls;

/** An architecture whose failures say that they are its. Parts that the API does not know are handed out as they are. */
final class GuardedArchitecture implements Architecture {
    private final Architecture architecture;
    private final ComponentCalls calls;

    GuardedArchitecture(Architecture architecture, ComponentCalls calls) {
        this.architecture = architecture;
        this.calls = calls;
    }

    @Override
    public <P extends Part> Optional<P> part(Class<P> type) {
        String what = "part(" + type.getSimpleName() + ")";
        Optional<P> part = calls.call(what, () -> architecture.part(type));
        calls.require(part != null, what, () -> "it returned null instead of an Optional");
        return part.map(made -> type.cast(guarded(type, made)));
    }

    private Part guarded(Class<? extends Part> type, Part part) {
        if (type == Encoder.class) {
            Encoder encoder = (Encoder) part;
            return (Encoder) (graph, tokens) -> build("Encoder.encode()", () -> encoder.encode(graph, tokens));
        }
        if (type == Decoder.class) {
            return new GuardedDecoder((Decoder) part);
        }
        if (type == CausalDecoder.class) {
            return new GuardedCausalDecoder((CausalDecoder) part);
        }
        if (type == TokenGenerator.class) {
            TokenGenerator generator = (TokenGenerator) part;
            return (TokenGenerator) (graph, tokens, positions) ->
                    build("TokenGenerator.generate()", () -> generator.generate(graph, tokens, positions));
        }
        return part;
    }

    private <T> T build(String what, Supplier<T> work) {
        T built = calls.call(what, work);
        calls.require(built != null, what, () -> "it returned null");
        return built;
    }

    private final class GuardedDecoder implements Decoder {
        private final Decoder decoder;

        GuardedDecoder(Decoder decoder) {
            this.decoder = decoder;
        }

        @Override
        public Value decode(Graph graph, Encoder.Encoded encoded, Value tokens) {
            return build("Decoder.decode()", () -> decoder.decode(graph, encoded, tokens));
        }

        @Override
        public Value project(Graph graph, Value hidden) {
            return build("Decoder.project()", () -> decoder.project(graph, hidden));
        }
    }

    private final class GuardedCausalDecoder implements CausalDecoder {
        private final CausalDecoder decoder;

        GuardedCausalDecoder(CausalDecoder decoder) {
            this.decoder = decoder;
        }

        @Override
        public Value decode(Graph graph, Value tokens, Value prefix) {
            return build("CausalDecoder.decode()", () -> decoder.decode(graph, tokens, prefix));
        }

        @Override
        public Value project(Graph graph, Value hidden) {
            return build("CausalDecoder.project()", () -> decoder.project(graph, hidden));
        }
    }
}
