package org.spactor.example;

import org.spactor.api.component.InvalidOptionException;
import org.spactor.api.component.Option;

/** Options of the architecture {@code t5-rotary}. The defaults are those of T5 1.1 small. */
record RotaryT5Options(
        @Option(description = "Width d_model", defaultValue = "512", range = "[1, 65536]", source = "T5 1.1 small")
        int dModel,

        @Option(
                description = "Width of the feed-forward layers",
                defaultValue = "1024",
                range = "[1, 262144]",
                source = "T5 1.1 small")
        int dFf,

        @Option(
                description = "Width of a head, an even number",
                defaultValue = "64",
                range = "[2, 1024]",
                source = "T5 1.1 small")
        int dKv,

        @Option(
                description = "Heads of every attention",
                defaultValue = "6",
                range = "[1, 1024]",
                source = "T5 1.1 small")
        int heads,

        @Option(
                description = "Blocks of the encoder, and of the decoder",
                defaultValue = "8",
                range = "[1, 1024]",
                source = "T5 1.1 small")
        int layers,

        @Option(
                description = "Blocks of the generator",
                defaultValue = "2",
                range = "[1, 1024]",
                source = "A quarter, as Spactor's T5")
        int generatorLayers,

        @Option(
                description = "Base of the angles: the greater, the slower positions turn",
                defaultValue = "10000",
                range = "(1, inf)",
                source = "RoFormer")
        double rotaryBase) {
    RotaryT5Options {
        if (dKv % 2 != 0) {
            throw new InvalidOptionException(
                    "d-kv", dKv + " is odd, and rotary positions turn pairs. Give an even one");
        }
    }
}
