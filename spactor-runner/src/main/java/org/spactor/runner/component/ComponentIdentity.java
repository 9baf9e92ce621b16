package org.spactor.runner.component;

/**
 * Who a component is, for messages: {@code the corruptor 'shuffle' [example 0.1.0, plugins/example.jar]}.
 *
 * @param kind for instance {@code corruptor}
 * @param name as configurations spell it
 * @param origin where it comes from
 */
public record ComponentIdentity(String kind, String name, Origin origin) {
    @Override
    public String toString() {
        return "the " + kind + " '" + name + "' [" + origin + "]";
    }
}
