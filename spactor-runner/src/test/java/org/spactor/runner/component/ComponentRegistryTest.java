package org.spactor.runner.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.spactor.api.corruption.CorruptorProvider;
import org.spactor.runner.configuration.UnknownComponentException;

class ComponentRegistryTest {
    private static final Origin.Plugin EXAMPLE =
            new Origin.Plugin("example", "0.1.0", Path.of("plugins", "example.jar"), "e3b0c4");

    @Test
    void findsWhatIsListedAsAService() {
        ComponentRegistry registry = registry(TestComponents.builtIn("standard"));

        RegisteredComponent<CorruptorProvider<?>> span = registry.get(ComponentKinds.CORRUPTOR, "span");
        assertThat(span.provider()).isInstanceOf(TestComponents.Span.class);
        assertThat(span.origin()).isEqualTo(Origin.builtIn());
        assertThat(registry.optionsType("corruptor", "span")).isEqualTo(TestComponents.Span.SpanOptions.class);
        assertThat(registry.optionsType("optimizer", "adafactor")).isEqualTo(TestComponents.NoOptions.class);
    }

    @Test
    void knowsWhatComesFromWhere() {
        ComponentRegistry registry =
                registry(TestComponents.builtIn("standard"), TestComponents.plugin("shuffle", EXAMPLE));

        assertThat(registry.get(ComponentKinds.CORRUPTOR, "sentence-shuffle").origin())
                .isEqualTo(EXAMPLE);
        assertThat(registry.get(ComponentKinds.CORRUPTOR, "token-mask").origin())
                .isEqualTo(Origin.builtIn());
    }

    @Test
    void aWrongNameIsAnsweredWithASuggestionAndAllNamesByOrigin() {
        ComponentRegistry registry =
                registry(TestComponents.builtIn("standard"), TestComponents.plugin("shuffle", EXAMPLE));

        assertThatExceptionOfType(UnknownComponentException.class)
                .isThrownBy(() -> registry.get(ComponentKinds.CORRUPTOR, "spna"))
                .withMessage("no corruptor 'spna'. Did you mean 'span'?  Available: span, token-mask [built-in];"
                        + " sentence-shuffle [example 0.1.0, " + EXAMPLE.location() + "]");
        assertThatExceptionOfType(UnknownComponentException.class)
                .isThrownBy(() -> registry.catalogue("corrupter"))
                .withMessageStartingWith("no kind 'corrupter'. Did you mean 'corruptor'?  Available: architecture, ");
    }

    @Test
    void twoOfTheSameNameAreRefusedWithBothOrigins() {
        assertThatExceptionOfType(ComponentException.class)
                .isThrownBy(
                        () -> registry(TestComponents.builtIn("standard"), TestComponents.plugin("duplicate", EXAMPLE)))
                .withMessage("1 problem with components\n"
                        + "  two corruptors are called 'span': " + TestComponents.Span.class.getName()
                        + " [built-in] and " + TestComponents.OtherSpan.class.getName() + " [example 0.1.0, "
                        + EXAMPLE.location() + "]. Names are unique: remove one of the plugins, or have it renamed");
    }

    @Test
    void everyProviderThatCannotBeUsedIsNamedWithTheReason() {
        assertThatExceptionOfType(ComponentException.class)
                .isThrownBy(() -> registry(
                        TestComponents.builtIn("broken"),
                        TestComponents.plugin("missing", EXAMPLE),
                        TestComponents.builtIn("stranger")))
                .withMessageStartingWith("5 problems with components\n")
                .withMessageContaining("  the corruptor provider " + TestComponents.Misnamed.class.getName()
                        + " [built-in] cannot be used: its name 'Prefix_LM' is not lower case with words joined by"
                        + " hyphens, such as 'token-mask'\n")
                .withMessageContaining("  the corruptor provider " + TestComponents.Failing.class.getName()
                        + " [built-in] cannot be used: IllegalStateException: no licence\n")
                .withMessageContaining("  the corruptor provider " + TestComponents.Undeclared.class.getName()
                        + " [built-in] cannot be used: the option "
                        + TestComponents.Undeclared.UndeclaredOptions.class.getName()
                        + ".rate is wrongly declared: it has no @Option\n")
                .withMessageContaining("  the corruptor providers [example 0.1.0, " + EXAMPLE.location()
                        + "] cannot be loaded: " + CorruptorProvider.class.getName()
                        + ": Provider org.example.Absent not found. Remove "
                        + EXAMPLE.location() + ", or get a version of it that works\n")
                .withMessageContaining("  the corruptor providers [built-in] cannot be loaded: ")
                .withMessageContaining(TestComponents.T5.class.getName());
    }

    @Test
    void anotherModuleMayAddToTheComponents() {
        RegisteredComponent<CorruptorProvider<?>> added =
                new RegisteredComponent<>("other-span", new TestComponents.OtherSpan(), Origin.builtIn());
        ComponentRegistry registry = Guice.createInjector(
                        new ComponentModule(ComponentKinds.ALL, List.of(TestComponents.builtIn("standard")), Set.of()),
                        new AbstractModule() {
                            @Override
                            protected void configure() {
                                MapBinder.newMapBinder(
                                                binder(),
                                                new TypeLiteral<String>() {},
                                                ComponentKinds.CORRUPTOR.componentType())
                                        .addBinding("other-span")
                                        .toInstance(added);
                            }
                        })
                .getInstance(ComponentRegistry.class);

        assertThat(registry.get(ComponentKinds.CORRUPTOR, "other-span")).isEqualTo(added);
        assertThat(registry.get(ComponentKinds.CORRUPTOR, "span").name()).isEqualTo("span");
    }

    private static ComponentRegistry registry(ComponentSource... sources) {
        return Guice.createInjector(new ComponentModule(ComponentKinds.ALL, List.of(sources), Set.of()))
                .getInstance(ComponentRegistry.class);
    }
}
