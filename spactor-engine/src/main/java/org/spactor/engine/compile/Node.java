package org.spactor.engine.compile;

import java.util.List;
import org.spactor.engine.op.Traits;
import org.spactor.engine.plan.Attributes;
import org.spactor.engine.plan.OperandNames;

/**
 * An operation of a listing.
 *
 * @param kind name of the operation in plans
 * @param name its name in the SameDiff graph
 * @param inputs values read
 * @param outputs values written
 * @param attributes settings
 * @param flops floating-point operations in matrix products
 * @param traits what the compiler may do with it
 * @param names what inputs and outputs are called
 */
record Node(
        String kind,
        String name,
        List<Value> inputs,
        List<Value> outputs,
        Attributes attributes,
        long flops,
        Traits traits,
        OperandNames names) {

    Node withInputs(List<Value> changed) {
        return new Node(kind, name, changed, outputs, attributes, flops, traits, names);
    }
}
