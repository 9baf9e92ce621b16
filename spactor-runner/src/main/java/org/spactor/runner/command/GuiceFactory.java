package org.spactor.runner.command;

import com.google.inject.Inject;
import com.google.inject.Injector;
import com.google.inject.Key;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Lets Guice make what is bound, so that commands get what they need by constructor; picocli makes the rest. */
final class GuiceFactory implements IFactory {
    private final Injector injector;

    @Inject
    GuiceFactory(Injector injector) {
        this.injector = injector;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (injector.getExistingBinding(Key.get(type)) != null) {
            return injector.getInstance(type);
        }
        return CommandLine.defaultFactory().create(type);
    }
}
