package org.spactor.objectives.objective;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.architecture.Decoder;
import org.spactor.api.architecture.Encoder;
import org.spactor.api.architecture.TokenGenerator;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.TokenSum;
import org.spactor.api.graph.Value;
import org.spactor.api.vocabulary.Vocabulary;

/**
 * Graphs and architectures that compute nothing: every value is written as the expression it stands for, as {@code
 * linear(x, weight)}. Shows what an objective declares, without an engine.
 */
final class Symbols {
    private Symbols() {}

    /** A graph that puts the expression of every loss, sum and count, into a map. */
    static Graph graph(Vocabulary vocabulary, Map<String, String> losses) {
        return (Graph) implement(
                (proxy, method, arguments) -> {
                    if (method.getName().equals("vocabulary")) {
                        return vocabulary;
                    }
                    if (method.getName().equals("loss")) {
                        losses.put((String) arguments[0], expression(arguments[1]));
                        return null;
                    }
                    return result(method, arguments);
                },
                Graph.class);
    }

    /** An architecture with every part; its sub-networks are single symbols. */
    static Architecture architecture() {
        return (Architecture) implement(
                (proxy, method, arguments) -> method.isDefault()
                        ? InvocationHandler.invokeDefault(proxy, method, arguments)
                        : result(method, arguments),
                Architecture.class,
                Encoder.class,
                Decoder.class,
                TokenGenerator.class);
    }

    private static Object implement(InvocationHandler handler, Class<?>... types) {
        return Proxy.newProxyInstance(Symbols.class.getClassLoader(), types, handler);
    }

    private static Object result(Method method, Object[] arguments) {
        List<String> operands = new ArrayList<>();
        for (Object argument : arguments) {
            if (!(argument instanceof Graph)) {
                operands.add(expression(argument));
            }
        }
        String call = method.getName() + "(" + String.join(", ", operands) + ")";
        if (method.getReturnType() == Value.class) {
            return symbol(call);
        }
        if (method.getReturnType() == TokenSum.class) {
            return new TokenSum(symbol(call), symbol("its count"));
        }
        if (method.getReturnType() == Encoder.Encoded.class) {
            return new Encoder.Encoded(symbol(call), symbol(operands.get(operands.size() - 1)));
        }
        throw new UnsupportedOperationException(method + " has no expression");
    }

    private static Value symbol(String expression) {
        return (Value) implement(
                (proxy, method, arguments) ->
                        method.getName().equals("toString") ? expression : result(method, arguments),
                Value.class);
    }

    private static String expression(Object argument) {
        if (argument instanceof TokenSum loss) {
            return loss.sum() + " / " + loss.count();
        }
        if (argument instanceof Encoder.Encoded encoded) {
            return encoded.hidden() + " of " + encoded.tokens();
        }
        return String.valueOf(argument);
    }
}
