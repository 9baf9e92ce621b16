package org.spactor.cuda;

import java.util.ArrayList;
import java.util.List;
import org.spactor.engine.reference.GraphCase;
import org.spactor.engine.reference.OperationGraphs;
import org.spactor.engine.reference.StockGraph;
import org.spactor.engine.reference.StockGraphs;

/** The graphs that kernels are tested with. */
public final class Graphs {
    private Graphs() {}

    /** All of them. */
    public static List<GraphCase> all() {
        List<GraphCase> graphs = new ArrayList<>(OperationGraphs.all());
        StockGraphs.all().stream().map(StockGraph::asCase).forEach(graphs::add);
        graphs.add(OperationGraphs.wideBlock());
        return graphs;
    }
}
