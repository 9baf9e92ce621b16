package org.spactor.objectives.objective;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.spactor.api.architecture.Architecture;
import org.spactor.api.graph.Graph;
import org.spactor.api.graph.TokenSum;

/**
 * Graphs and architectures that compute nothing: the name of every variable is the expression it stands for, as {@code
 * linear(x, weight)}. Shows what an objective declares, without an engine.
 */
final class Symbols {
    private Symbols() {}

    /** A graph that puts the expression of every loss, sum and count, into a map. */
    static Graph graph(Map<String, String> losses) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("loss")) {
                losses.put((String) arguments[0], expression(arguments[1]));
                return null;
            }
            return result(method, arguments);
        };
        return implement(Graph.class, handler);
    }

    /** An architecture whose sub-networks are single symbols. */
    static Architecture architecture() {
        return implement(Architecture.class, (proxy, method, arguments) -> result(method, arguments));
    }

    private static <T> T implement(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object result(Method method, Object[] arguments) {
        List<String> operands = new ArrayList<>();
        for (Object argument : arguments) {
            if (!(argument instanceof Graph)) {
                operands.add(expression(argument));
            }
        }
        String call = method.getName() + "(" + String.join(", ", operands) + ")";
        if (method.getReturnType() == SDVariable.class) {
            return symbol(call);
        }
        if (method.getReturnType() == TokenSum.class) {
            return new TokenSum(symbol(call), symbol("its count"));
        }
        if (method.getReturnType() == Architecture.Encoded.class) {
            return new Architecture.Encoded(symbol(call), symbol(operands.get(operands.size() - 1)));
        }
        throw new UnsupportedOperationException(method + " has no expression");
    }

    private static SDVariable symbol(String expression) {
        SDVariable symbol = new SDVariable();
        symbol.setVarName(expression);
        return symbol;
    }

    private static String expression(Object argument) {
        if (argument instanceof SDVariable variable) {
            return variable.name();
        }
        if (argument instanceof TokenSum loss) {
            return loss.sum().name() + " / " + loss.count().name();
        }
        if (argument instanceof Architecture.Encoded encoded) {
            return encoded.hidden().name() + " of " + encoded.tokens().name();
        }
        return String.valueOf(argument);
    }
}
