package org.spactor.cuda.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of CUDA C++ and the macros that it is compiled with.
 *
 * @param name of the file, for messages and caches
 * @param text its text; it may include {@code "spactor.cuh"}
 * @param macros values by name
 */
public record KernelSource(String name, String text, Map<String, String> macros) {
    /** The only header there is. */
    public static final String HEADER = "spactor.cuh";

    public KernelSource {
        macros = Map.copyOf(new TreeMap<>(macros));
    }

    /** One of our own files, without macros. */
    public static KernelSource of(String file) {
        return new KernelSource(file, resource(file), Map.of());
    }

    /** The same with one more macro. */
    public KernelSource with(String macro, Object value) {
        Map<String, String> more = new TreeMap<>(macros);
        more.put(macro, value.toString());
        return new KernelSource(name, text, more);
    }

    /** The text of the header. */
    public static String header() {
        return resource(HEADER);
    }

    private static String resource(String file) {
        try (InputStream stream = KernelSource.class.getResourceAsStream("/org/spactor/cuda/kernel/" + file)) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no kernel file '" + file + "'");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the kernel file '" + file + "'", e);
        }
    }
}
