package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.spactor.api.SpactorApi;
import org.spactor.api.corruption.CorruptorProvider;
import org.spactor.api.curriculum.Curriculum;
import org.spactor.api.curriculum.CurriculumContext;
import org.spactor.api.curriculum.CurriculumProvider;

/** Each test of the contract fails for the jar that is wrong in its way, and none for one that is right. */
class PluginJarContractTest {
    static Arguments[] wrong() {
        return new Arguments[] {
            Arguments.of(Anonymous.class, "theManifestSaysWhichPluginItIs"),
            Arguments.of(ForAnotherApi.class, "theManifestSaysWhichPluginItIs"),
            Arguments.of(Spelt.class, "theManifestSaysWhichPluginItIs"),
            Arguments.of(Reserved.class, "theManifestSaysWhichPluginItIs"),
            Arguments.of(EmptyList.class, "everyListOfProvidersIsThatOfAKindAndNamesOne"),
            Arguments.of(UnknownKind.class, "everyListOfProvidersIsThatOfAKindAndNamesOne"),
            Arguments.of(Greedy.class, "itContainsNothingThatSpactorLends"),
            Arguments.of(LeansOnTheClassPath.class, "itsProvidersWorkWithNothingButTheApi"),
            Arguments.of(Unlisted.class, "itsProvidersWorkWithNothingButTheApi")
        };
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongJarFails(Class<?> contract, String test) {
        assertThat(Outcome.of(contract).failed()).containsOnlyKeys(test);
    }

    @Test
    void aRightOneFulfilsAll() {
        Outcome outcome = Outcome.of(Right.class);
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.passed()).hasSize(4);
    }

    /** A provider that needs nothing but the API. */
    public static class Good implements CurriculumProvider<Good.Options> {
        /** No options. */
        public record Options() {}

        @Override
        public String name() {
            return "good";
        }

        @Override
        public String summary() {
            return "Does nothing";
        }

        @Override
        public Class<Options> optionsType() {
            return Options.class;
        }

        @Override
        public Curriculum create(Options options, CurriculumContext context) {
            throw new UnsupportedOperationException("the contract makes no components");
        }
    }

    /** A provider that needs a library that is not in its jar. */
    public static final class Leaning extends Good {
        @Override
        public String summary() {
            return "Needs " + Assertions.class.getName() + new Assertions() {};
        }
    }

    static final class Right extends PluginJarContract {
        @Override
        protected List<Path> jars() {
            return jar("right", SpactorApi.VERSION, Good.class, Good.class, Good.Options.class);
        }
    }

    static final class Anonymous extends PluginJarContract {
        @Override
        protected List<Path> jars() {
            return jar(null, SpactorApi.VERSION, Good.class, Good.class, Good.Options.class);
        }
    }

    static final class Spelt extends PluginJarContract {
        @Override
        protected List<Path> jars() {
            return jar("1tccl", SpactorApi.VERSION, Good.class, Good.class, Good.Options.class);
        }
    }

    static final class Reserved extends PluginJarContract {
        @Override
        protected List<Path> jars() {
            return jar("built-in", SpactorApi.VERSION, Good.class, Good.class, Good.Options.class);
        }
    }

    static final class EmptyList extends PluginJarContract {
        @Override
        protected List<Path> jars() {
            Map<String, String> services = Map.of(
                    CurriculumProvider.class.getName(),
                    Good.class.getName(),
                    CorruptorProvider.class.getName(),
                    "# none yet\n");
            return jar("empty-list", SpactorApi.VERSION, services, Good.class, Good.Options.class);
        }
    }

    static final class UnknownKind extends PluginJarContract {
        @Override
        protected List<Path> jars() {
            Map<String, String> services = Map.of(
                    CurriculumProvider.class.getName(),
                    Good.class.getName(),
                    "org.spactor.api.curriculum.CurriculaProvider",
                    Good.class.getName());
            return jar("misspelt", SpactorApi.VERSION, services, Good.class, Good.Options.class);
        }
    }

    static final class ForAnotherApi extends PluginJarContract {
        @Override
        protected List<Path> jars() {
            return jar("other", "99.0", Good.class, Good.class, Good.Options.class);
        }
    }

    static final class Greedy extends PluginJarContract {
        @Override
        protected List<Path> jars() {
            return jar("greedy", SpactorApi.VERSION, Good.class, Good.class, Good.Options.class, Logger.class);
        }
    }

    static final class LeansOnTheClassPath extends PluginJarContract {
        @Override
        protected List<Path> jars() {
            return jar("leaning", SpactorApi.VERSION, Leaning.class, Leaning.class, Good.class, Good.Options.class);
        }
    }

    static final class Unlisted extends PluginJarContract {
        @Override
        protected List<Path> jars() {
            return jar("unlisted", SpactorApi.VERSION, Map.of(), Good.class, Good.Options.class);
        }
    }

    private static List<Path> jar(String id, String api, Class<?> provider, Class<?>... classes) {
        return jar(id, api, Map.of(CurriculumProvider.class.getName(), provider.getName()), classes);
    }

    /** @param services what the lists of providers hold, by interface */
    private static List<Path> jar(String id, String api, Map<String, String> services, Class<?>... classes) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Plugin-Version", "1.0");
        attributes.putValue("Spactor-Api", api);
        if (id != null) {
            attributes.putValue("Plugin-Id", id);
        }
        try {
            Path path = Files.createTempFile("plugin", ".jar");
            path.toFile().deleteOnExit();
            try (OutputStream file = Files.newOutputStream(path);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (Class<?> type : classes) {
                    add(out, type);
                }
                for (Map.Entry<String, String> service : services.entrySet()) {
                    out.putNextEntry(new JarEntry("META-INF/services/" + service.getKey()));
                    out.write(service.getValue().getBytes(StandardCharsets.UTF_8));
                    out.closeEntry();
                }
            }
            return List.of(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(JarOutputStream out, Class<?> type) throws IOException {
        String entry = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (InputStream in = type.getClassLoader().getResourceAsStream(entry)) {
            in.transferTo(out);
        }
        out.closeEntry();
    }
}
