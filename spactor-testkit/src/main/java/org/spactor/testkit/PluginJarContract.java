package org.spactor.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.spactor.api.SpactorApi;
import org.spactor.api.architecture.ArchitectureProvider;
import org.spactor.api.component.ComponentProvider;
import org.spactor.api.component.Names;
import org.spactor.api.component.Option;
import org.spactor.api.corruption.CorruptorProvider;
import org.spactor.api.curriculum.CurriculumProvider;
import org.spactor.api.objective.ObjectiveProvider;
import org.spactor.api.optimizer.OptimizerProvider;
import org.spactor.api.schedule.ScheduleProvider;

/**
 * What every plugin's jar has to fulfil, with a class loader that sees what a plugin sees. The jar has to be built before:
 * run such a test in the phase {@code integration-test}.
 */
public abstract class PluginJarContract {
    private static final List<Class<?>> KINDS = List.of(
            ArchitectureProvider.class,
            CorruptorProvider.class,
            CurriculumProvider.class,
            ObjectiveProvider.class,
            OptimizerProvider.class,
            ScheduleProvider.class);

    /** Ids that stand for where a component comes from, if it comes from no plugin. */
    private static final List<String> RESERVED = List.of("directory", "built-in", "class-path", "spactor");

    private static final String SERVICES = "META-INF/services/";

    /** The plugin's jar, and those of its libraries. */
    protected abstract List<Path> jars();

    @Test
    protected final void theManifestSaysWhichPluginItIs() throws IOException {
        List<Attributes> withId = new ArrayList<>();
        for (Path path : jars()) {
            try (JarFile jar = new JarFile(path.toFile())) {
                Attributes attributes = jar.getManifest().getMainAttributes();
                if (attributes.getValue("Plugin-Id") != null) {
                    withId.add(attributes);
                }
            }
        }
        assertThat(withId).as("jars whose manifest has a Plugin-Id").hasSize(1);
        assertThat(withId.get(0).getValue("Plugin-Id"))
                .as("Plugin-Id")
                .matches(Names::isKebabCase, "lower case, words joined by hyphens, such as 'my-plugin'")
                .isNotIn(RESERVED);
        assertThat(withId.get(0).getValue("Plugin-Version"))
                .as("Plugin-Version")
                .isNotBlank();
        assertThat(withId.get(0).getValue("Spactor-Api"))
                .as("Spactor-Api")
                .isNotNull()
                .matches(Pattern.quote(SpactorApi.VERSION) + "([.-].*)?");
    }

    @Test
    protected final void itContainsNothingThatSpactorLends() throws IOException {
        List<String> lent = new ArrayList<>();
        for (Path path : jars()) {
            try (JarFile jar = new JarFile(path.toFile())) {
                jar.stream()
                        .map(ZipEntry::getName)
                        .filter(PluginJarContract::isLent)
                        .forEach(lent::add);
            }
        }
        assertThat(lent)
                .as("classes of %s: give these dependencies the scope 'provided'", SpactorApi.HOST_PACKAGES)
                .isEmpty();
    }

    @Test
    protected final void everyListOfProvidersIsThatOfAKindAndNamesOne() throws IOException {
        for (Path path : jars()) {
            try (JarFile jar = new JarFile(path.toFile())) {
                for (JarEntry entry : Collections.list(jar.entries())) {
                    if (entry.getName().startsWith(SERVICES + "org.spactor.")) {
                        checkServices(jar, entry);
                    }
                }
            }
        }
    }

    private static void checkServices(JarFile jar, JarEntry entry) throws IOException {
        String content = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(entry.getName().substring(SERVICES.length()))
                .as("what %s lists", entry)
                .isIn(KINDS.stream().map(Class::getName).toList());
        assertThat(content.lines().map(line -> line.replaceFirst("#.*", "").strip()))
                .as("lines of %s that name a provider", entry)
                .anyMatch(line -> !line.isEmpty());
    }

    @Test
    protected final void itsProvidersWorkWithNothingButTheApi() throws Exception {
        int found = 0;
        try (Loader loader = new Loader(jars())) {
            for (Class<?> kind : KINDS) {
                for (Object provider : ServiceLoader.load(kind, loader)) {
                    assertThat(provider.getClass().getClassLoader())
                            .as("what loads %s", provider.getClass())
                            .isSameAs(loader);
                    check((ComponentProvider<?, ?, ?>) provider);
                    found++;
                }
            }
        }
        assertThat(found).as("providers listed in META-INF/services").isPositive();
    }

    private static void check(ComponentProvider<?, ?, ?> provider) {
        assertThat(provider.name())
                .as("name of %s", provider.getClass())
                .matches(Names::isKebabCase, "lower case, words joined by hyphens");
        assertThat(provider.summary()).as("summary of '%s'", provider.name()).isNotBlank();
        assertThat(provider.source()).as("source of '%s'", provider.name()).isNotNull();
        assertThatCode(() -> checkOptions(provider.optionsType())).doesNotThrowAnyException();
    }

    private static void checkOptions(Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            assertThat(component.getAnnotation(Option.class))
                    .as("@Option of %s.%s", type.getName(), component.getName())
                    .isNotNull();
            if (component.getType().isRecord()) {
                checkOptions(component.getType());
            }
        }
    }

    private static boolean isLent(String entry) {
        String name = entry.replaceFirst("^META-INF/versions/\\d+/", "").replace('/', '.');
        return name.endsWith(".class")
                && SpactorApi.HOST_PACKAGES.stream().anyMatch(lent -> name.startsWith(lent + "."));
    }

    /** Sees the Java platform, what Spactor lends, and the jars. */
    private static final class Loader extends URLClassLoader {
        Loader(List<Path> jars) throws IOException {
            super(urls(jars), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] urls(List<Path> jars) throws IOException {
            URL[] urls = new URL[jars.size()];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = jars.get(i).toUri().toURL();
            }
            return urls;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean lent = SpactorApi.HOST_PACKAGES.stream().anyMatch(host -> name.startsWith(host + "."));
            return lent ? PluginJarContract.class.getClassLoader().loadClass(name) : super.loadClass(name, resolve);
        }
    }
}
