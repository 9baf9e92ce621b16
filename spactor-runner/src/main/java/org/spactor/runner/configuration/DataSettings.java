package org.spactor.runner.configuration;

import java.util.List;
import org.spactor.api.component.Option;

/** The keys under {@code data}. */
public record DataSettings(
        @Option(
                description = "Files and folders of text, relative to the working directory. None: the bundled text",
                defaultValue = "")
        List<String> inputs,

        @Option(description = "SentencePiece model, or 'bundled'", defaultValue = "bundled")
        String tokenizer,

        @Option(
                description = "Length of the encoder's input in tokens, sentinels and </s> included",
                defaultValue = "512",
                range = "[8, 65536]",
                source = "T5")
        int inputLength,

        @Option(description = "Held-out text", defaultValue = "")
        ValidationSettings validation,

        @Option(
                description = "Share of unreadable records above which the data is refused",
                defaultValue = "0.01",
                range = "[0, 1]")
        double maximumBadShare,

        @Option(
                description = "Share of tokens unknown to the tokenizer, <unk>, above which the text is refused",
                defaultValue = "0.1",
                range = "[0, 1]")
        double maximumUnknownShare) {
    public DataSettings {
        inputs = List.copyOf(inputs);
    }
}
