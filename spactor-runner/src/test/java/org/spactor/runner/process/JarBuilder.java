package org.spactor.runner.process;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.spactor.api.SpactorApi;

/** Builds plugin jars as a build tool does: compiles sources, writes manifest and service files, packs. */
final class JarBuilder {
    private static final String CORRUPTORS = "org.spactor.api.corruption.CorruptorProvider";

    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final List<Path> libraries = new ArrayList<>();

    /** A jar with nothing in it but a manifest. */
    static JarBuilder library() {
        return new JarBuilder();
    }

    /** A jar whose manifest is that of a plugin. */
    static JarBuilder plugin(String id) {
        return new JarBuilder()
                .manifest("Plugin-Id", id)
                .manifest("Plugin-Version", "1.2.3")
                .manifest("Spactor-Api", SpactorApi.VERSION);
    }

    /**
     * A plugin with a corruptor of a name that changes nothing.
     *
     * @param body of the method that makes it, before it returns
     */
    static JarBuilder corruptor(String id, String name, String body) {
        return plugin(id)
                .source("org.example.Provider", corruptorSource(name, body))
                .service(CORRUPTORS, "org.example.Provider");
    }

    JarBuilder manifest(String attribute, String value) {
        manifest.put(attribute, value);
        return this;
    }

    JarBuilder without(String attribute) {
        manifest.remove(attribute);
        return this;
    }

    JarBuilder service(String service, String providers) {
        return entry("META-INF/services/" + service, (providers + "\n").getBytes(StandardCharsets.UTF_8));
    }

    JarBuilder source(String className, String source) {
        sources.put(className, source);
        return this;
    }

    JarBuilder entry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    /** A jar to compile against. */
    JarBuilder against(Path library) {
        libraries.add(library);
        return this;
    }

    Path build(Path jar) throws IOException {
        Files.createDirectories(jar.toAbsolutePath().getParent());
        Map<String, byte[]> all = new LinkedHashMap<>(entries);
        if (!sources.isEmpty()) {
            all.putAll(compile());
        }
        Manifest written = new Manifest();
        written.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((name, value) -> written.getMainAttributes().putValue(name, value));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), written)) {
            for (Map.Entry<String, byte[]> entry : all.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return jar;
    }

    private Map<String, byte[]> compile() throws IOException {
        Path folder = Files.createTempDirectory("plugin");
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve("src").resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            files.add(Files.writeString(file, source.getValue()));
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
        libraries.forEach(library -> classPath.append(File.pathSeparator).append(library));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(files);
            List<String> options =
                    List.of("-proc:none", "--release", "17", "-cp", classPath.toString(), "-d", classes.toString());
            if (!compiler.getTask(messages, manager, null, options, null, units).call()) {
                throw new IllegalStateException("the plugin does not compile: " + messages);
            }
        }
        Map<String, byte[]> compiled = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                compiled.put(classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return compiled;
    }

    private static String corruptorSource(String name, String body) {
        return """
                package org.example;

                import java.util.random.RandomGenerator;
                import org.spactor.api.corruption.*;
                import org.spactor.api.vocabulary.*;

                public final class Provider implements CorruptorProvider<Provider.Options> {
                    public record Options() {}
                    public String name() { return "%s"; }
                    public String summary() { return "Changes nothing"; }
                    public Class<Options> optionsType() { return Options.class; }
                    public Corruptor create(Options options, org.spactor.api.component.ComponentContext context) {
                        %s
                        return new Corruptor() {
                            public FeatureLengths lengths(FeatureLengths lengths) { return lengths; }
                            public Example corrupt(Example example, RandomGenerator random) { return example; }
                        };
                    }
                }
                """.formatted(name, body);
    }
}
