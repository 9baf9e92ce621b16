package org.spactor.runner.device;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spactor.api.component.InvalidOptionException;

/** What {@code training.device} names. */
public sealed interface DeviceName {
    /** The machine's CPU. */
    record Cpu() implements DeviceName {
        @Override
        public String toString() {
            return "cpu";
        }
    }

    /**
     * One of the machine's NVIDIA cards.
     *
     * @param ordinal its number, from 0, as CUDA counts them
     */
    record Cuda(int ordinal) implements DeviceName {
        @Override
        public String toString() {
            return "cuda:" + ordinal;
        }
    }

    /** The first card if there is one that can be used, or else the CPU. */
    record Auto() implements DeviceName {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /**
     * Reads a name.
     *
     * @throws InvalidOptionException if it is none
     */
    static DeviceName parse(String text) {
        Matcher cuda = Pattern.compile("cuda(?::(\\d{1,4}))?").matcher(text);
        if (cuda.matches()) {
            return new Cuda(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
        }
        return switch (text) {
            case "cpu" -> new Cpu();
            case "auto" -> new Auto();
            default ->
                throw new InvalidOptionException(
                        "device", "'" + text + "' is none of cpu, cuda, cuda:1 (the second card, …) and auto");
        };
    }
}
